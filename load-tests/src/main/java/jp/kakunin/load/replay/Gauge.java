package jp.kakunin.load.replay;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Recorder;

/// What is counted and timed while the load runs; for any thread. Times are microseconds from the intended start, so a
/// stall of the tester or of the hub shows in every check that should have gone meanwhile.
final class Gauge {
    /// A visit recorded this much after its intended time is late.
    static final long LATE_MICROS = 10_000;

    static final long MICROS_MAX = TimeUnit.HOURS.toMicros(24);
    private static final int DIGITS = 3;

    /// Someone who waited longer has been sent on.
    private static final long PATIENT_STAYS_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final LongAdder late = new LongAdder();
    private final LongAdder recorded = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder offeredAgain = new LongAdder();
    private final LongAdder takenAgain = new LongAdder();
    private final LongAdder settled = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder asked = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder handshakes = new LongAdder();
    private final LongAdder resumed = new LongAdder();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger attempted = new AtomicInteger();
    private final AtomicIntegerArray attempts;
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

    final Recorder live = new Recorder(MICROS_MAX, DIGITS);
    final Recorder backlog = new Recorder(MICROS_MAX, DIGITS);
    final Recorder answers = new Recorder(MICROS_MAX, DIGITS);
    final Recorder waiting = new Recorder(MICROS_MAX, DIGITS);
    final Recorder fresh = new Recorder(MICROS_MAX, DIGITS);
    final Recorder history = new Recorder(MICROS_MAX, DIGITS);
    final Recorder hiccups = new Recorder(MICROS_MAX, DIGITS);

    private volatile long countsFromNanos = Long.MIN_VALUE;
    private volatile long backSinceNanos = Long.MIN_VALUE;

    Gauge(int edges) {
        attempts = new AtomicIntegerArray(edges);
    }

    /// Latencies of what was meant to begin earlier are left out.
    void countFrom(long nanos) {
        countsFromNanos = nanos;
    }

    /// What was away is back.
    void isBack(long nanos) {
        for (int i = 0; i < attempts.length(); i++) {
            attempts.set(i, 0);
        }
        attempted.set(0);
        backSinceNanos = nanos;
    }

    /// A backlog is no arrival: nobody can be late for it.
    void recorded(boolean isLive, long intendedNanos, long nowNanos) {
        recorded.increment();
        if (isLive && TimeUnit.NANOSECONDS.toMicros(nowNanos - intendedNanos) > LATE_MICROS) {
            late.increment();
        }
    }

    void dropped() {
        dropped.increment();
    }

    void settled() {
        settled.increment();
    }

    void acknowledged(boolean isLive, long intendedNanos, long nowNanos) {
        settled.increment();
        acknowledged.increment();
        if (intendedNanos < countsFromNanos) {
            return;
        }
        (isLive ? live : backlog).recordValue(micros(nowNanos - intendedNanos));
        long back = backSinceNanos;
        if (isLive && back != Long.MIN_VALUE && intendedNanos < back && back - intendedNanos < PATIENT_STAYS_NANOS) {
            waiting.recordValue(micros(nowNanos - back));
        }
    }

    /// What was acknowledged is offered a second time.
    void offeredAgain() {
        offeredAgain.increment();
    }

    /// It was acknowledged a second time.
    void takenAgain() {
        takenAgain.increment();
    }

    long timesOfferedAgain() {
        return offeredAgain.sum();
    }

    long timesTakenAgain() {
        return takenAgain.sum();
    }

    void read(long intendedNanos, long nowNanos) {
        if (intendedNanos >= countsFromNanos) {
            history.recordValue(micros(nowNanos - intendedNanos));
        }
    }

    void asked() {
        asked.increment();
    }

    /// Nobody will answer: the hub would not have the check.
    void answerGivenUp() {
        asked.decrement();
    }

    /// The answer to another check of the same patient stands for it.
    void settledByAnother() {
        answered.increment();
    }

    void answered(boolean isLive, long intendedNanos, long nowNanos) {
        answered.increment();
        if (isLive && intendedNanos >= countsFromNanos) {
            answers.recordValue(micros(nowNanos - intendedNanos));
            long back = backSinceNanos;
            if (back != Long.MIN_VALUE && intendedNanos >= back) {
                fresh.recordValue(micros(nowNanos - intendedNanos));
            }
        }
    }

    void connected(boolean isConnected) {
        connected.addAndGet(isConnected ? 1 : -1);
    }

    void attempted(int edge) {
        if (attempts.compareAndSet(edge, 0, 1)) {
            attempted.incrementAndGet();
        }
    }

    /// @param isResumed by the ticket of an earlier connection
    void shaken(boolean isResumed) {
        handshakes.increment();
        if (isResumed) {
            resumed.increment();
        }
    }

    void error(String kind) {
        errors.computeIfAbsent(kind, _ -> new LongAdder()).increment();
    }

    int edgesConnected() {
        return connected.get();
    }

    /// Edges that tried to connect since the last outage.
    int edgesAttempted() {
        return attempted.get();
    }

    long handshakes() {
        return handshakes.sum();
    }

    long resumed() {
        return resumed.sum();
    }

    long lateVisits() {
        return late.sum();
    }

    long recordedVisits() {
        return recorded.sum();
    }

    /// Whose time has come, recorded or not.
    long arrivedVisits() {
        return recorded.sum() + dropped.sum();
    }

    long unsent() {
        return recorded.sum() + offeredAgain.sum() - settled.sum() - takenAgain.sum();
    }

    long acknowledgedVisits() {
        return acknowledged.sum();
    }

    long askedChecks() {
        return asked.sum();
    }

    long answeredChecks() {
        return answered.sum();
    }

    Map<String, Long> errors() {
        Map<String, Long> kinds = new TreeMap<>();
        errors.forEach((kind, count) -> kinds.put(kind, count.sum()));
        return kinds;
    }

    private static long micros(long nanos) {
        return Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0L, MICROS_MAX);
    }
}
