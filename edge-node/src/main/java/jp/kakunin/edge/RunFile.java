package jp.kakunin.edge;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.kakunin.edge.disk.PrivateFile;
import org.jspecify.annotations.Nullable;

/// `edge.json`: how to reach the edge that runs on a data directory. Written when it is ready, removed when it stops;
/// after a crash or a power cut it is left behind, perhaps cut short, and names a process that is gone or by now
/// another program. So it never proves that an edge runs; the lock of the store does.
///
/// @param token opens the local API
public record RunFile(long pid, String desk, String token) {
    public void write(Path file) throws IOException {
        JsonObject json = new JsonObject().put("pid", pid).put("desk", desk).put("token", token);
        PrivateFile.write(file, json.encodePrettily() + "\n");
    }

    /// The run file of a process that lives; null when there is none or it cannot be understood.
    public static @Nullable RunFile read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            JsonObject json = new JsonObject(Files.readString(file));
            long pid = json.getLong("pid", 0L);
            boolean alive = ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
            return alive ? new RunFile(pid, json.getString("desk", ""), json.getString("token", "")) : null;
        } catch (DecodeException | ClassCastException | CharacterCodingException _) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "RunFile[pid=" + pid + "]";
    }
}
