package jp.kakunin.load.hotpath;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// Counts what was acknowledged, and how long each request took from when it was meant to begin.
final class Meter {
    /// Longer ones count as this long.
    private static final long MICROS_MAX = 600_000_000;

    private final Recorder micros = new Recorder(MICROS_MAX, 3);
    private final LongAdder done = new LongAdder();

    /// @param units facts, or reads
    void took(long nanos, int units) {
        micros.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, MICROS_MAX));
        done.add(units);
    }

    /// Of all times.
    long done() {
        return done.sum();
    }

    /// Of the time since this was asked last.
    Histogram since() {
        return micros.getIntervalHistogram();
    }
}
