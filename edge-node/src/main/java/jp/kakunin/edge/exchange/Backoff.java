package jp.kakunin.edge.exchange;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Waits that double up to a limit, each drawn at random from zero to its full length, so that many edges spread out.
final class Backoff {
    private static final int DOUBLINGS_MAX = 20;

    private final RandomGenerator random;
    private final Duration first;
    private int attempts;

    Backoff(RandomGenerator random, Duration first) {
        this.random = random;
        this.first = first;
    }

    Duration next(Duration max) {
        Duration window = first.multipliedBy(1L << Math.min(attempts, DOUBLINGS_MAX));
        attempts++;
        return jitter(random, window.compareTo(max) < 0 ? window : max);
    }

    int attempts() {
        return attempts;
    }

    void reset() {
        attempts = 0;
    }

    /// Whoever was refused comes again all the same: what it was refused for may be put right.
    static Duration refused(RandomGenerator random) {
        Duration half = Waits.REFUSED_MAX.dividedBy(2);
        return half.plus(jitter(random, half));
    }

    static Duration jitter(RandomGenerator random, Duration window) {
        return Duration.ofMillis(random.nextLong(Math.max(0, window.toMillis()) + 1));
    }
}
