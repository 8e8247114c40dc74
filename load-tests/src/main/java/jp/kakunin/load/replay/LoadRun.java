package jp.kakunin.load.replay;

import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Offers the plan to the edge nodes at its own pace, whatever becomes of it. Parcels are made ahead by another thread.
public final class LoadRun {
    /// Parcels made ahead.
    private static final int AHEAD_MAX = 2_000;

    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long DRAIN_NANOS_MAX = TimeUnit.SECONDS.toNanos(20);
    private static final long PAUSE_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(1);

    private final LoadPlan plan;
    private final List<VirtualEdge> edges;
    private final List<ClinicDay> days;
    private final Arrivals arrivals;
    private final RandomGenerator mix;
    private final Consumer<Progress> progress;
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final BlockingQueue<Ready> ahead = new ArrayBlockingQueue<>(AHEAD_MAX);

    private record Ready(int edge, Parcel parcel) {}

    /// Said once a second.
    public record Progress(long second, String phase) {}

    /// @param days the facts of each edge node, in the order of the edge nodes
    public LoadRun(LoadPlan plan, List<VirtualEdge> edges, List<ClinicDay> days, Consumer<Progress> progress) {
        this.plan = plan;
        this.edges = List.copyOf(edges);
        this.days = List.copyOf(days);
        this.mix = new Random(plan.seed());
        // Two threads, two sources: otherwise the seed would not repeat the run.
        this.arrivals = Arrivals.of(plan.spread(), plan.batchesPerSecond(), new Random(plan.seed() + 1));
        this.progress = progress;
    }

    /// Ends the offering early; what was offered is waited for, reported and checked all the same.
    public void interrupt() {
        interrupted.set(true);
    }

    /// Returns the seconds for which facts were offered.
    public double run() throws InterruptedException {
        Thread maker = Thread.ofPlatform().name("load-maker").daemon().start(this::makeAhead);
        long want = Math.min(
                AHEAD_MAX, (long) (plan.batchesPerSecond() * plan.duration().toSeconds()) + 1);
        while (ahead.size() < want && maker.isAlive()) {
            TimeUnit.NANOSECONDS.sleep(PAUSE_NANOS_MAX);
        }
        long begun = System.nanoTime();
        offer(begun);
        double seconds = (System.nanoTime() - begun) / 1e9;
        maker.interrupt();
        drain();
        return seconds;
    }

    private void makeAhead() {
        try {
            while (true) {
                int edge = mix.nextInt(edges.size());
                boolean live = mix.nextDouble() < plan.liveShare();
                ahead.put(new Ready(edge, days.get(edge).parcel(plan.batch(), live)));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void offer(long begun) throws InterruptedException {
        long end = begun + plan.duration().toNanos();
        long intended = begun + arrivals.nextGapNanos();
        long told = begun;
        while (!interrupted.get()) {
            long now = System.nanoTime();
            if (now - told >= PROGRESS_NANOS) {
                told += PROGRESS_NANOS;
                progress.accept(new Progress((told - begun) / PROGRESS_NANOS, "offering"));
            }
            if (intended - end >= 0) {
                return;
            }
            if (intended - now > 0) {
                LockSupport.parkNanos(Math.min(intended - now, PAUSE_NANOS_MAX));
            } else {
                Ready ready = ahead.take();
                edges.get(ready.edge()).offer(ready.parcel(), intended);
                intended += arrivals.nextGapNanos();
            }
        }
    }

    private void drain() throws InterruptedException {
        long begun = System.nanoTime();
        long told = begun;
        while (System.nanoTime() - begun < DRAIN_NANOS_MAX && !edges.stream().allMatch(VirtualEdge::isIdle)) {
            TimeUnit.NANOSECONDS.sleep(PAUSE_NANOS_MAX);
            if (System.nanoTime() - told >= PROGRESS_NANOS) {
                told += PROGRESS_NANOS;
                progress.accept(new Progress((told - begun) / PROGRESS_NANOS, "waiting for the last replies"));
            }
        }
        edges.forEach(VirtualEdge::stop);
    }
}
