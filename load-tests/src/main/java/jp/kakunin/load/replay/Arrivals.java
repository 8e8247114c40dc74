package jp.kakunin.load.replay;

import java.util.random.RandomGenerator;

/// When the next batch is meant to be sent. Open loop: it never asks how the last one fared.
@FunctionalInterface
public interface Arrivals {
    double NANOS_PER_SECOND = 1e9;

    /// Nanoseconds from one intended start to the next.
    long nextGapNanos();

    /// How the gaps are spread.
    enum Spread {
        /// As people come: gaps follow the exponential distribution.
        POISSON,
        /// Every gap the same.
        CONSTANT
    }

    static Arrivals of(Spread spread, double perSecond, RandomGenerator random) {
        double mean = NANOS_PER_SECOND / perSecond;
        return switch (spread) {
            case POISSON -> () -> (long) (mean * random.nextExponential());
            case CONSTANT -> () -> (long) mean;
        };
    }
}
