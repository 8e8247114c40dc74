package jp.kakunin.load.up;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option that names the instance, the same on every command.
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of this instance (default: kakunin in your data home, ~/.local/share).")
    private @Nullable Path data;

    DataDirectory directory() {
        Path root = data != null ? data : DataDirectory.inDataHome(System.getenv(), System.getProperty("user.home"));
        return new DataDirectory(root.toAbsolutePath().normalize());
    }
}
