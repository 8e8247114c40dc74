package jp.kakunin.load.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A midnight of the played time while the load goes on, for whoever watches what it changes.
final class Midnight {
    private final Instant midnight;
    private final InstantSource clock;

    Midnight(Instant midnight, InstantSource clock) {
        this.midnight = midnight;
        this.clock = clock;
    }

    boolean isPast() {
        return !clock.instant().isBefore(midnight);
    }

    Duration until() {
        return Duration.between(clock.instant(), midnight);
    }

    double secondsSince() {
        return -until().toNanos() / 1e9;
    }
}
