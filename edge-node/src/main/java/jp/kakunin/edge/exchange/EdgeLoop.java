package jp.kakunin.edge.exchange;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import jp.kakunin.edge.store.StoreFullException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that owns store and machine: takes commands in order, and takes a turn after each and at every tick.
final class EdgeLoop {
    /// Commands of the desk that may wait; more means that the disk hangs.
    static final int COMMANDS_MAX = 1_000;

    private static final long TICK_MILLIS = 250;
    private static final long STOP_MILLIS_MAX = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(EdgeLoop.class);

    private interface Command {
        void run();

        void giveUp(Throwable why);
    }

    private final LinkedBlockingQueue<Command> commands = new LinkedBlockingQueue<>();
    private final Runnable turn;
    private final Runnable release;
    private final Thread thread;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable BooleanSupplier mayStop;
    private volatile long stopAtNanos;
    private volatile Consumer<Throwable> brokenListener = _ -> {};

    EdgeLoop(Runnable turn, Runnable release) {
        this.turn = turn;
        this.release = release;
        thread = Thread.ofPlatform().name("edge-loop").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void onBroken(Consumer<Throwable> listener) {
        brokenListener = listener;
    }

    /// Runs it on the loop's thread. Expected refusals fail the future alone; anything else also ends the loop.
    <T extends @Nullable Object> CompletableFuture<T> call(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        if (commands.size() >= COMMANDS_MAX) {
            result.completeExceptionally(new IllegalStateException("the disk does not answer: call your supplier"));
        } else {
            put(new Called<>(work, result));
        }
        return result;
    }

    /// For the answers of the hub, of which there are never more than requests on their way.
    void tell(Runnable work) {
        put(new Called<>(
                () -> {
                    try {
                        work.run();
                    } catch (IllegalArgumentException e) {
                        throw new IllegalStateException("an answer of the hub does not fit the store", e);
                    }
                    return null;
                },
                new CompletableFuture<@Nullable Void>()));
    }

    private void put(Command command) {
        commands.add(command);
        if (closed.get()) {
            giveUpAll(new IllegalStateException("the edge has stopped"));
        }
    }

    /// Ends the loop when the condition holds, or after that long, and waits for the end unless called from within.
    void stop(BooleanSupplier condition, Duration patience) {
        stopAtNanos = System.nanoTime() + patience.toNanos();
        mayStop = condition;
        if (thread.getState() == Thread.State.NEW) {
            if (closed.compareAndSet(false, true)) {
                release.run();
            }
            return;
        }
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        try {
            thread.join(STOP_MILLIS_MAX);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!isStopping()) {
                Command command = commands.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
                if (command != null) {
                    command.run();
                }
                turn.run();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            // an Error too: a desk whose loop is dead would go on and record nothing
            try {
                LOG.atError().setCause(e).log("the edge stops, because its store or the exchange failed");
            } finally {
                brokenListener.accept(e);
            }
        } finally {
            closed.set(true);
            giveUpAll(new IllegalStateException("the edge has stopped"));
            release.run();
        }
    }

    private boolean isStopping() {
        BooleanSupplier condition = mayStop;
        return condition != null
                && commands.isEmpty()
                && (condition.getAsBoolean() || System.nanoTime() - stopAtNanos >= 0);
    }

    private void giveUpAll(Throwable why) {
        for (Command left = commands.poll(); left != null; left = commands.poll()) {
            left.giveUp(why);
        }
    }

    private record Called<T extends @Nullable Object>(Callable<T> work, CompletableFuture<T> result)
            implements Command {
        @Override
        public void run() {
            try {
                result.complete(work.call());
            } catch (StoreFullException | IllegalArgumentException expected) {
                result.completeExceptionally(expected);
            } catch (RuntimeException | Error broken) {
                result.completeExceptionally(broken);
                throw broken;
            } catch (Exception e) {
                result.completeExceptionally(e);
                throw new IllegalStateException("no command of the edge throws this", e);
            }
        }

        @Override
        public void giveUp(Throwable why) {
            result.completeExceptionally(why);
        }
    }
}
