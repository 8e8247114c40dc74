package jp.kakunin.hub.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.kakunin.hub.HubWorld;
import jp.kakunin.hub.disk.FolderLock;
import jp.kakunin.hub.disk.StillKeys;
import jp.kakunin.hub.disk.Tree;
import jp.kakunin.keys.MonthKeys;
import org.jspecify.annotations.Nullable;

/// A store that nobody changes: that of a hub that does not run and cannot start meanwhile, or a snapshot that a
/// running
/// one made.
final class StillStore implements AutoCloseable {
    private interface Release {
        void run() throws IOException;
    }

    private final Path folder;
    private final MonthKeys keys;
    private final Release release;

    private StillStore(Path folder, MonthKeys keys, Release release) {
        this.folder = folder;
        this.keys = keys;
        this.release = release;
    }

    static StillStore of(DataOption data, HubWorld world) throws IOException {
        if (!Files.isDirectory(data.folder().store())) {
            throw new CommandException(ExitCode.UNKNOWN, "no hub ever ran on " + data.path() + ": there is no store");
        }
        @Nullable FolderLock lock = FolderLock.tryTake(data.folder().runLock());
        if (lock != null) {
            return new StillStore(data.folder().store(), keys(data, world), lock::close);
        }
        try (RunningHub hub = RunningHub.on(data)) {
            Path snapshot = Path.of(new JsonObject(hub.post("/api/snapshot")).getString("folder"));
            // Read after the snapshot was made: it has no month that has no key here.
            try {
                return new StillStore(snapshot, keys(data, world), () -> Tree.delete(snapshot));
            } catch (IOException e) {
                Tree.delete(snapshot);
                throw e;
            }
        }
    }

    private static MonthKeys keys(DataOption data, HubWorld world) throws IOException {
        return StillKeys.read(data.folder().monthKeys(), world.secrets());
    }

    /// Of the months in it.
    MonthKeys keys() {
        return keys;
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        release.run();
    }
}
