package jp.kakunin.load.hotpath;

import java.util.concurrent.TimeUnit;

/// When each request of a fixed rate is meant to begin, whatever became of those before: a hub that is slow for a
/// moment
/// is not spared the requests of that moment.
final class Pace {
    private final long begunNanos;
    private final double nanosBetween;
    private long taken;

    Pace(long begunNanos, double perSecond) {
        this.begunNanos = begunNanos;
        this.nanosBetween = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    /// The next one's intended time.
    long next() {
        return begunNanos + Math.round(taken * nanosBetween);
    }

    boolean isDue(long nowNanos) {
        return next() - nowNanos <= 0;
    }

    /// @return when the one taken was meant to begin
    long take() {
        long intended = next();
        taken++;
        return intended;
    }
}
