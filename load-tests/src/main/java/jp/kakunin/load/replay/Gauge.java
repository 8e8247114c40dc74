package jp.kakunin.load.replay;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// What is counted and timed while the load runs; for any thread. Times are microseconds from the intended start, so a
/// stall of the sender or of the hub shows in every fact that should have gone meanwhile.
public final class Gauge {
    /// A first send this much after its intended time is late.
    static final long LATE_MICROS = 10_000;

    private static final long MICROS_MAX = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 3;

    private final LongAdder offered = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder busy = new LongAdder();
    private final LongAdder resumed = new LongAdder();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final ConcurrentHistogram live = new ConcurrentHistogram(MICROS_MAX, DIGITS);
    private final ConcurrentHistogram backlog = new ConcurrentHistogram(MICROS_MAX, DIGITS);

    void offered(int facts) {
        offered.add(facts);
    }

    void dropped(int facts) {
        dropped.add(facts);
    }

    void firstSent(long intendedNanos, long nowNanos) {
        if (TimeUnit.NANOSECONDS.toMicros(nowNanos - intendedNanos) > LATE_MICROS) {
            late.increment();
        }
    }

    void acknowledged(Delivery delivery, long nowNanos) {
        int facts = delivery.parcel().facts().size();
        acknowledged.add(facts);
        long micros = Math.clamp(TimeUnit.NANOSECONDS.toMicros(nowNanos - delivery.intendedNanos()), 0L, MICROS_MAX);
        (delivery.parcel().live() ? live : backlog).recordValueWithCount(micros, facts);
    }

    void busy() {
        busy.increment();
    }

    void resumed() {
        resumed.increment();
    }

    void error(String kind) {
        errors.computeIfAbsent(kind, _ -> new LongAdder()).increment();
    }

    public Counts counts() {
        Map<String, Long> kinds = new TreeMap<>();
        errors.forEach((kind, count) -> kinds.put(kind, count.sum()));
        return new Counts(
                offered.sum(), dropped.sum(), late.sum(), acknowledged.sum(), busy.sum(), resumed.sum(), kinds);
    }

    public Histogram live() {
        return live.copy();
    }

    public Histogram backlog() {
        return backlog.copy();
    }

    /// @param offered facts that should have been sent
    /// @param dropped facts never sent because the queue of their edge node was full
    /// @param late pushes first sent later than [#LATE_MICROS] after their intended time
    /// @param acknowledged facts the hub said are on its disk
    public record Counts(
            long offered,
            long dropped,
            long late,
            long acknowledged,
            long busy,
            long resumed,
            Map<String, Long> errors) {
        public Counts {
            errors = Map.copyOf(errors);
        }
    }
}
