package jp.kakunin.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import jp.kakunin.hub.console.Health;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the hub can keep what it is given: the journal has not failed, and a few bytes beside it reach the disk.
final class DiskHealth implements Health {
    private static final Logger LOG = LoggerFactory.getLogger(DiskHealth.class);

    private final Path probe;
    private final BooleanSupplier broken;
    private final Executor reader;
    private volatile boolean started;

    DiskHealth(Path store, BooleanSupplier broken, Executor reader) {
        this.probe = store.resolve("ready.probe");
        this.broken = broken;
        this.reader = reader;
    }

    void started() {
        started = true;
    }

    @Override
    public boolean isStarted() {
        return started;
    }

    @Override
    public CompletableFuture<Boolean> isReady() {
        return CompletableFuture.supplyAsync(() -> !broken.getAsBoolean() && reachesTheDisk(), reader);
    }

    private boolean reachesTheDisk() {
        try (var channel = FileChannel.open(probe, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}), 0);
            channel.force(true);
            return true;
        } catch (IOException e) {
            LOG.error("the disk of the journal does not take writes", e);
            return false;
        }
    }
}
