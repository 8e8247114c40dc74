package jp.kakunin.load.hotpath;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// When requests begin, all on one event loop: each as soon as the one before it is answered, or all together at a
/// fixed
/// rate. There are so many requests under way at once as there are places.
///
/// @param <P> where a request begins from
final class Driver<P> {
    /// Requests of a fixed rate that may be late at once; the hub cannot keep that rate if there are more.
    private static final int LATE_MAX = 200_000;

    private final EventLoop loop;
    private final Action<P> action;
    private final Deque<P> idle = new ArrayDeque<>();
    private final Deque<Long> late = new ArrayDeque<>();
    private final AtomicReference<@Nullable Throwable> trouble = new AtomicReference<>();
    private int places;
    private Mode mode = Mode.STILL;
    private @Nullable Pace pace;
    private CompletableFuture<@Nullable Void> still = CompletableFuture.completedFuture(null);

    private enum Mode {
        STILL,
        FLAT_OUT,
        PACED
    }

    /// Begins a request; whoever does calls [#free] or [#fail] when it is over.
    interface Action<P> {
        void begin(P place, long intendedNanos);
    }

    Driver(EventLoop loop, Action<P> action) {
        this.loop = loop;
        this.action = action;
    }

    /// To be called before anything begins; the same place may be added several times.
    void add(P place) {
        idle.add(place);
        places++;
    }

    void flatOut() {
        loop.execute(() -> {
            begin(Mode.FLAT_OUT);
            for (P place = idle.poll(); place != null; place = idle.poll()) {
                action.begin(place, System.nanoTime());
            }
        });
    }

    void paced(double perSecond) {
        loop.execute(() -> {
            begin(Mode.PACED);
            Pace begun = new Pace(System.nanoTime(), perSecond);
            pace = begun;
            tick(begun);
        });
    }

    /// Completes when everything that began is answered.
    CompletableFuture<@Nullable Void> stop() {
        CompletableFuture<@Nullable Void> all = new CompletableFuture<>();
        loop.execute(() -> {
            mode = Mode.STILL;
            late.clear();
            tellIfStill();
            var _ = still.whenComplete((_, failure) -> {
                if (failure == null) {
                    all.complete(null);
                } else {
                    all.completeExceptionally(failure);
                }
            });
        });
        return all;
    }

    /// @throws IOException if anything went wrong
    void check() throws IOException {
        Throwable cause = trouble.get();
        if (cause != null) {
            throw new IOException("the measurement is void: " + cause.getMessage(), cause);
        }
    }

    /// The request from that place was answered as it should.
    void free(P place) {
        switch (mode) {
            case FLAT_OUT -> action.begin(place, System.nanoTime());
            case PACED -> {
                Long intended = late.poll();
                if (intended == null) {
                    idle.add(place);
                } else {
                    action.begin(place, intended);
                }
            }
            case STILL -> {
                idle.add(place);
                tellIfStill();
            }
        }
    }

    /// Nothing begins any more.
    void fail(Throwable cause) {
        trouble.compareAndSet(null, cause);
        mode = Mode.STILL;
        still.completeExceptionally(cause);
    }

    private void begin(Mode begun) {
        mode = begun;
        still = new CompletableFuture<>();
    }

    private void tellIfStill() {
        if (idle.size() == places) {
            still.complete(null);
        }
    }

    private void tick(Pace of) {
        if (mode != Mode.PACED || of != pace) {
            return;
        }
        while (of.isDue(System.nanoTime())) {
            long intended = of.take();
            P place = idle.poll();
            if (place != null) {
                action.begin(place, intended);
            } else if (late.size() < LATE_MAX) {
                late.add(intended);
            } else {
                fail(new IOException("the hub cannot keep this rate: " + LATE_MAX + " requests are late"));
                return;
            }
        }
        var _ = loop.schedule(() -> tick(of), of.next() - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}
