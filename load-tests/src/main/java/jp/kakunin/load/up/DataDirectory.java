package jp.kakunin.load.up;

import java.nio.file.Path;
import java.util.Map;

/// Where one instance of everything lives.
///
///     edge/edge.json   hub/hub.json   card.json      run files: pid, addresses, token; there while the process runs
///     edge/identity/   cards/                        made at the first start
public record DataDirectory(Path root) {
    /// The folder used when none is named: `kakunin` in the user's data home.
    public static Path inDataHome(Map<String, String> environment, String userHome) {
        String home = environment.getOrDefault("XDG_DATA_HOME", "");
        Path data = home.isBlank() ? Path.of(userHome, ".local", "share") : Path.of(home);
        return data.resolve("kakunin");
    }

    public Path hubRun() {
        return root.resolve("hub").resolve("hub.json");
    }

    public Path edgeRun() {
        return root.resolve("edge").resolve("edge.json");
    }

    public Path cardRun() {
        return root.resolve("card.json");
    }

    public Path identity() {
        return root.resolve("edge").resolve("identity");
    }

    public Path cards() {
        return root.resolve("cards");
    }

    public Path log(String process) {
        return root.resolve("log").resolve(process + ".log");
    }
}
