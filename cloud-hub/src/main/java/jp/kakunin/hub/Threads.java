package jp.kakunin.hub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jp.kakunin.hub.exchange.Timers;

/// The hub's own threads, all named platform threads because they enter native code: one per shard, one for the asker,
/// a
/// few for reads, and a timer that only hands over.
final class Threads implements Timers, AutoCloseable {
    /// Reads of history and worklist that may wait; beyond it the answer is "busy".
    static final int READS_WAITING_MAX = 1_024;

    /// Activations and renewals that may wait; each takes a good part of a second.
    static final int ACTIVATIONS_WAITING_MAX = 64;

    private static final int READERS = 2;
    private static final int CLOSE_SECONDS_MAX = 10;

    private final List<ExecutorService> shards = new ArrayList<>();
    private final ExecutorService asker = Executors.newSingleThreadExecutor(named("hub-asker"));
    private final ThreadPoolExecutor readers = new ThreadPoolExecutor(
            READERS, READERS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(READS_WAITING_MAX), named("hub-reader"));
    private final ThreadPoolExecutor activator = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(ACTIVATIONS_WAITING_MAX), named("hub-activator"));
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(named("hub-timer"));

    Threads(int shardCount) {
        for (int i = 0; i < shardCount; i++) {
            shards.add(Executors.newSingleThreadExecutor(named("hub-shard-" + i)));
        }
    }

    List<Executor> shards() {
        return List.copyOf(shards);
    }

    Executor asker() {
        return asker;
    }

    Executor readers() {
        return readers;
    }

    Executor activator() {
        return activator;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        ScheduledFuture<?> scheduled = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    /// Lets what is under way finish.
    @Override
    public void close() {
        timer.shutdownNow();
        List<ExecutorService> all = new ArrayList<>(shards);
        all.add(asker);
        all.add(readers);
        all.add(activator);
        all.forEach(ExecutorService::shutdown);
        try {
            for (ExecutorService executor : all) {
                if (!executor.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                    executor.shutdownNow();
                }
            }
        } catch (InterruptedException _) {
            all.forEach(ExecutorService::shutdownNow);
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory named(String name) {
        return Thread.ofPlatform().name(name).daemon(true).factory();
    }
}
