package jp.kakunin.hub.console;

import java.time.Duration;
import java.time.Instant;

/// Slows guessing down: after a few wrong passwords in a row every further try has to wait, each time twice as long.
final class Lockout {
    static final int FREE_TRIES = 5;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration WAIT_MAX = Duration.ofMinutes(5);
    private static final int DOUBLINGS_MAX = 16;

    private int failures;
    private Instant until = Instant.MIN;

    /// How long the next try has to wait; zero when it may come now.
    synchronized Duration waitAt(Instant now) {
        return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
    }

    /// Counts a try before its password is looked at, so that many at once gain nothing.
    synchronized void tried(Instant now) {
        failures++;
        if (failures >= FREE_TRIES) {
            Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures - FREE_TRIES, DOUBLINGS_MAX));
            until = now.plus(wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait);
        }
    }

    synchronized void succeeded() {
        failures = 0;
        until = Instant.MIN;
    }
}
