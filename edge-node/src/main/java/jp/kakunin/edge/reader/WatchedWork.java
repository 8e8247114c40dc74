package jp.kakunin.edge.reader;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs operations on the card one after the other, each on its own platform thread and under a time limit. PC/SC calls
/// cannot be interrupted: a thread that is stuck is left behind, closes what it holds when it comes back, and counts
/// against `THREADS_MAX` until then.
final class WatchedWork {
    static final int THREADS_MAX = 8;

    private static final Logger LOG = LoggerFactory.getLogger(WatchedWork.class);

    private final Semaphore turn = new Semaphore(1, true);
    private final AtomicInteger threads = new AtomicInteger();

    /// @param stuck the result when the time is over or no thread may be started; it sees how far the work came
    <T> CompletableFuture<T> run(String name, long millisMax, Function<Claim, T> work, Function<Claim, T> stuck) {
        Claim claim = new Claim();
        if (threads.incrementAndGet() > THREADS_MAX) {
            threads.decrementAndGet();
            claim.end();
            return CompletableFuture.completedFuture(stuck.apply(claim));
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        CompletableFuture<T> watched = result.copy();
        Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(() -> {
            try {
                inTurn(claim, millisMax, work, result);
            } finally {
                threads.decrementAndGet();
            }
        });
        CompletableFuture.delayedExecutor(millisMax, TimeUnit.MILLISECONDS, Runnable::run)
                .execute(() -> giveUp(name, claim, stuck, result));
        thread.start();
        return watched;
    }

    int threads() {
        return threads.get();
    }

    private <T> void inTurn(Claim claim, long millisMax, Function<Claim, T> work, CompletableFuture<T> result) {
        try {
            if (!turn.tryAcquire(millisMax, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        if (!claim.begin(turn::release)) {
            return;
        }
        try {
            T value = work.apply(claim);
            if (claim.end()) {
                result.complete(value);
            }
        } catch (RuntimeException | Error e) {
            if (claim.end()) {
                result.completeExceptionally(e);
                throw e;
            }
        }
    }

    private static <T> void giveUp(String name, Claim claim, Function<Claim, T> stuck, CompletableFuture<T> result) {
        if (claim.end()) {
            LOG.atWarn().addKeyValue("thread", name).log("card operation given up");
            result.complete(stuck.apply(claim));
        }
    }
}
