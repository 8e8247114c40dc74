package jp.kakunin.load.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/// The time of the simulation and all that is still to happen in it. What is due at the same time happens in the order
/// in which it was asked for.
final class SimulatedTime implements InstantSource, Executor {
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private long now;
    private long order;

    private record Event(long at, long order, Runnable task) {}

    SimulatedTime(Instant start) {
        now = start.toEpochMilli();
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    @Override
    public long millis() {
        return now;
    }

    void after(long delayMillis, Runnable task) {
        events.add(new Event(now + Math.max(0, delayMillis), order++, task));
    }

    /// Soon, but never inside the call.
    @Override
    public void execute(Runnable task) {
        after(0, task);
    }

    void run(Duration length) {
        runUntil(instant().plus(length));
    }

    void runUntil(Instant end) {
        long last = end.toEpochMilli();
        for (Event next = events.peek(); next != null && next.at() <= last; next = events.peek()) {
            events.remove();
            now = next.at();
            next.task().run();
        }
        now = last;
    }
}
