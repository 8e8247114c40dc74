package jp.kakunin.hub.clock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import jp.kakunin.hub.disk.PrivateFile;
import jp.kakunin.hub.exchange.Timers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file that holds the hub's time when it last ran.
public final class LastSeen {
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Logger LOG = LoggerFactory.getLogger(LastSeen.class);

    private final Path file;

    public LastSeen(Path file) {
        this.file = file;
    }

    public @Nullable Instant read() throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        String text = Files.readString(file).strip();
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IOException(file + " must hold a time like 2026-11-01T00:00:00Z, but holds '" + text + "'", e);
        }
    }

    public void write(Instant time) throws IOException {
        PrivateFile.write(file, time + "\n");
    }

    /// Writes it now and every hour.
    public void keep(InstantSource clock, Timers timers, Executor executor) {
        executor.execute(() -> {
            try {
                write(clock.instant());
            } catch (IOException e) {
                LOG.error("the time cannot be kept in {}", file, e);
            }
            timers.after(EVERY, () -> keep(clock, timers, executor));
        });
    }
}
