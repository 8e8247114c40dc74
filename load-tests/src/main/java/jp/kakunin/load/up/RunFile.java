package jp.kakunin.load.up;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// The note a running process leaves in the data directory: its pid, its addresses and the token for its local API.
public record RunFile(long pid, JsonObject content) {

    /// The run file of a process that is alive; one left behind by a killed process counts as absent.
    public static Optional<RunFile> ofRunning(Path file) {
        try {
            JsonObject content = new JsonObject(Files.readString(file));
            long pid = content.getLong("pid", -1L);
            boolean alive = ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
            return alive ? Optional.of(new RunFile(pid, content)) : Optional.empty();
        } catch (IOException | DecodeException e) {
            return Optional.empty(); // not there, or being written: not running yet
        }
    }

    /// Readable by its owner alone, and never seen half written.
    public static void write(Path file, JsonObject content) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(part, content.encodePrettily());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    public String text(String key) {
        return content.getString(key, "");
    }
}
