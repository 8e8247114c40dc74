package jp.kakunin.edge.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Gives up waiting for what may hang: a stick, or an edge that stopped in the middle of an answer. What hangs is left
/// to itself, on a thread that does not keep the command from ending.
final class TimeLimit implements AutoCloseable {
    private final Duration each;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("time-limit").daemon().factory());

    TimeLimit(Duration each) {
        this.each = each;
    }

    /// @param what it is that did not happen, such as "the stick did not take FILE"
    <T> T call(String what, Callable<T> work) throws IOException {
        try {
            return thread.submit(work).get(each.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw new CommandException(ExitCode.FAILED, what + " within " + each.toSeconds() + " s");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
