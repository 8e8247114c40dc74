package jp.kakunin.load.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import jp.kakunin.load.report.RunReport;
import org.HdrHistogram.Histogram;

/// What all edges of a kill run counted, by second since it began. Guarded by itself.
final class Tally {
    private static final long MICROS_MAX = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 3;

    private final long begun = System.nanoTime();
    private final Map<String, Long> errors = new TreeMap<>();
    private final List<Double> offeredPerSecond = new ArrayList<>();
    private final List<Double> acknowledgedPerSecond = new ArrayList<>();
    private final Histogram acknowledgements = new Histogram(MICROS_MAX, DIGITS);
    private long offered;
    private long acknowledged;

    synchronized void offered(int facts) {
        count(offeredPerSecond, facts);
        offered += facts;
    }

    synchronized void acknowledged(int facts, long nanos) {
        count(acknowledgedPerSecond, facts);
        acknowledged += facts;
        acknowledgements.recordValueWithCount(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0L, MICROS_MAX), facts);
        notifyAll();
    }

    synchronized void error(String kind) {
        errors.merge(kind, 1L, Long::sum);
    }

    synchronized long offered() {
        return offered;
    }

    synchronized long acknowledged() {
        return acknowledged;
    }

    synchronized Map<String, Long> errors() {
        return new TreeMap<>(errors);
    }

    /// `false` when it did not happen in time.
    synchronized boolean awaitAcknowledged(long count, long millisMax) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millisMax);
        while (acknowledged < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    synchronized RunReport.Rates rates() {
        count(offeredPerSecond, 0);
        count(acknowledgedPerSecond, 0);
        return new RunReport.Rates(offeredPerSecond, acknowledgedPerSecond);
    }

    synchronized RunReport.Latency acknowledgements() {
        return new RunReport.Latency(
                "acknowledgement",
                "first try to acknowledgement, kills in between included",
                RunReport.Unit.MICROSECONDS,
                acknowledgements,
                List.of());
    }

    private void count(List<Double> perSecond, int facts) {
        int second = (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        while (perSecond.size() <= second) {
            perSecond.add(0.0);
        }
        perSecond.set(second, perSecond.get(second) + facts);
    }
}
