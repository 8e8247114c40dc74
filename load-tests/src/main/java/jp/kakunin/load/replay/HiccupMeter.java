package jp.kakunin.load.replay;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Recorder;

/// Sleeps a millisecond again and again and notes by how much it woke too late: what the tester's own machine adds to
/// every latency it reports.
final class HiccupMeter implements AutoCloseable {
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Recorder hiccups;
    private final Thread thread;

    HiccupMeter(Recorder hiccups) {
        this.hiccups = hiccups;
        thread = Thread.ofPlatform().name("hiccup-meter").daemon().start(this::run);
    }

    private void run() {
        while (!Thread.interrupted()) {
            long begun = System.nanoTime();
            LockSupport.parkNanos(NAP_NANOS);
            long over = System.nanoTime() - begun - NAP_NANOS;
            hiccups.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(over), 0L, Gauge.MICROS_MAX));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
