package jp.kakunin.hub.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Executor;
import jp.kakunin.hub.exchange.Timers;

/// One thread's worth of executors, timers and time, moved on by the test.
public final class Steps implements Executor, Timers, InstantSource {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparing(Alarm::at).thenComparingLong(Alarm::number));
    private Instant now;
    private long numbers;

    private record Alarm(Instant at, long number, Runnable task) {}

    public Steps(Instant start) {
        now = start;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Alarm alarm = new Alarm(now.plus(delay), numbers++, task);
        alarms.add(alarm);
        return () -> alarms.remove(alarm);
    }

    @Override
    public Instant instant() {
        return now;
    }

    public int timers() {
        return alarms.size();
    }

    /// Runs one task.
    public boolean step() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    /// Runs everything there is to run now.
    public void settle() {
        while (step()) {
            // Each task may add more.
        }
    }

    public void advance(Duration time) {
        Instant end = now.plus(time);
        settle();
        for (Alarm next = alarms.peek(); next != null && !next.at().isAfter(end); next = alarms.peek()) {
            alarms.remove(next);
            now = next.at();
            next.task().run();
            settle();
        }
        now = end;
    }
}
