package jp.kakunin.edge;

import java.nio.file.Path;
import jp.kakunin.edge.store.Durability;

/// How an edge is run: where its data are and on which port the desk is.
///
/// @param port 0 keeps the port of the last start, or takes a free one at the first
public record EdgeConfig(Path data, int port, Durability durability) {
    private static final int PORT_MAX = 65_535;

    public EdgeConfig(Path data, int port) {
        this(data, port, Durability.ofProcess());
    }

    public EdgeConfig {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("--port must be 0 to " + PORT_MAX + ", was " + port);
        }
        data = data.toAbsolutePath().normalize();
    }

    public Path folder() {
        return data.resolve("edge");
    }

    Path identity() {
        return folder().resolve("identity");
    }

    Path store() {
        return folder().resolve("store");
    }

    Path monthKeys() {
        return folder().resolve("month-keys");
    }

    public Path log() {
        return folder().resolve("log");
    }

    public Path runFile() {
        return folder().resolve("edge.json");
    }

    Path deskPort() {
        return folder().resolve("desk-port");
    }

    /// Lets a page that was opened before a restart send its form afterwards.
    Path formSecret() {
        return folder().resolve("desk-secret");
    }
}
