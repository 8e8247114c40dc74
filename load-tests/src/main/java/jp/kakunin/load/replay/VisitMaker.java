package jp.kakunin.load.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Makes the facts of the plan ahead of their time, on threads of its own: sealing evidence takes longer than sending
/// it. Some are held ready, as many as half of the heap takes.
final class VisitMaker implements AutoCloseable {
    /// A fact with sealed evidence and all that holds it.
    private static final long VISIT_BYTES = 3_000;

    private static final int AHEAD_MIN = 10_000;
    private static final long POLL_MILLIS = 5;

    private final AtomicReferenceArray<@Nullable MadeVisit> made;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    private final int ahead;
    private final Semaphore places;
    private final IntFunction<MadeVisit> making;
    private final List<Thread> threads = new ArrayList<>();

    VisitMaker(int visits, IntFunction<MadeVisit> making) {
        this.made = new AtomicReferenceArray<>(visits);
        this.making = making;
        this.ahead = Math.clamp(Runtime.getRuntime().maxMemory() / 2 / VISIT_BYTES, AHEAD_MIN, Integer.MAX_VALUE);
        this.places = new Semaphore(ahead);
    }

    /// Returns when the first so many are ready, or as many as can be held.
    void start(int first) throws InterruptedException {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            threads.add(Thread.ofPlatform().name("visit-maker-" + i).daemon().start(this::make));
        }
        int enough = Math.min(first, ahead);
        while (ready.get() < enough) {
            rethrow();
            Thread.sleep(POLL_MILLIS);
        }
    }

    int ready() {
        return ready.get();
    }

    private void make() {
        try {
            for (int visit = next.getAndIncrement(); visit < made.length(); visit = next.getAndIncrement()) {
                places.acquire();
                made.set(visit, making.apply(visit));
                ready.incrementAndGet();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            broken.compareAndSet(null, e);
        }
    }

    private void rethrow() {
        Throwable failure = broken.get();
        if (failure != null) {
            throw new IllegalStateException("the facts of the plan cannot be made", failure);
        }
    }

    boolean isMade(int visit) {
        return made.get(visit) != null;
    }

    MadeVisit take(int visit) {
        MadeVisit taken = made.getAndSet(visit, null);
        if (taken == null) {
            throw new IllegalStateException("visit " + visit + " is not made yet");
        }
        places.release();
        return taken;
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
