package jp.kakunin.hub.authority;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// Waits that double each time up to a limit, with full jitter.
final class Backoff {
    static final Duration WAIT_MIN = Duration.ofSeconds(1);
    static final Duration WAIT_MAX = Duration.ofMinutes(5);

    private static final int DOUBLINGS_MAX = 16;

    private Backoff() {}

    static Duration wait(int times, RandomGenerator random) {
        Duration longest = WAIT_MIN.multipliedBy(2L << Math.min(times, DOUBLINGS_MAX));
        Duration limit = longest.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : longest;
        return WAIT_MIN.plusMillis(random.nextLong(limit.minus(WAIT_MIN).toMillis() + 1));
    }

    /// No wait is longer than the limit: what seems longer was begun before the clock was set back.
    static boolean isAhead(Instant until, Instant now) {
        return now.isBefore(until) && !until.isAfter(now.plus(WAIT_MAX));
    }
}
