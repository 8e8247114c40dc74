package jp.kakunin.load.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import jp.kakunin.edge.desk.Timers;
import org.jspecify.annotations.Nullable;

/// Time of an edge that passes only when told, and knows when the edge has seen it.
final class SteppedTime implements InstantSource, Timers {
    private static final String LOOP = "edge-loop";
    private static final long SECONDS_MAX = 60;

    private final Instant start;
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::at));
    private Duration passed = Duration.ZERO;
    private long looks;

    private record Due(Duration at, Runnable action) {}

    SteppedTime(Instant start) {
        this.start = start;
    }

    @Override
    public synchronized Instant instant() {
        return start.plus(passed);
    }

    synchronized Duration uptime() {
        if (Thread.currentThread().getName().equals(LOOP)) {
            looks++;
            notifyAll();
        }
        return passed;
    }

    @Override
    public synchronized void after(Duration delay, Runnable action) {
        due.add(new Due(passed.plus(delay), action));
    }

    void pass(Duration length) {
        synchronized (this) {
            passed = passed.plus(length);
        }
        for (Runnable action = takeDue(); action != null; action = takeDue()) {
            action.run();
        }
    }

    private synchronized @Nullable Runnable takeDue() {
        Due next = due.peek();
        if (next == null || next.at().compareTo(passed) > 0) {
            return null;
        }
        due.remove();
        return next.action();
    }

    synchronized long looks() {
        return looks;
    }

    /// Until the edge's loop has looked at the time so often, since its start.
    synchronized void awaitLooks(long count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (looks < count) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("the edge's loop stands still");
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
