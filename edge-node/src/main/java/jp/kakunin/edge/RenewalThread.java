package jp.kakunin.edge;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import jp.kakunin.edge.activation.Renewal;

/// Looks after the certificate now and then, on a thread of its own: the hub may take its time.
final class RenewalThread {
    private static final Duration FIRST_LOOK = Duration.ofSeconds(30);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("certificate renewal").daemon().factory());
    private final Renewal renewal;

    RenewalThread(Renewal renewal) {
        this.renewal = renewal;
    }

    void start() {
        after(FIRST_LOOK);
    }

    private void after(Duration wait) {
        var _ = thread.schedule(() -> after(renewal.look()), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop() {
        thread.shutdownNow();
    }
}
