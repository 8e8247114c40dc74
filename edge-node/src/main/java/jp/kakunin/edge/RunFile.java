package jp.kakunin.edge;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// `edge.json`: how to reach the edge that runs on a data directory. Written when it is ready, removed when it stops;
/// after a crash it is left behind and names a process that is gone.
///
/// @param token opens the local API
public record RunFile(long pid, String desk, String token) {
    public void write(Path file) throws IOException {
        JsonObject json = new JsonObject().put("pid", pid).put("desk", desk).put("token", token);
        PrivateFile.write(file, json.encodePrettily() + "\n");
    }

    /// The run file of a process that lives, or null.
    public static @Nullable RunFile read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            JsonObject json = new JsonObject(Files.readString(file));
            long pid = json.getLong("pid", 0L);
            boolean alive = ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
            return alive ? new RunFile(pid, json.getString("desk", ""), json.getString("token", "")) : null;
        } catch (DecodeException | ClassCastException e) {
            throw new IOException(file + " is not a run file; stop the edge and delete it", e);
        }
    }

    @Override
    public String toString() {
        return "RunFile[pid=" + pid + "]";
    }
}
