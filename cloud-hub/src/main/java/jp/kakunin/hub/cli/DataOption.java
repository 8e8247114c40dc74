package jp.kakunin.hub.cli;

import java.nio.file.Path;
import jp.kakunin.hub.disk.HubFolder;
import picocli.CommandLine.Option;

/// `--data`, the same in every command.
final class DataOption {
    @Option(names = "--data", paramLabel = "DIR", description = "Data directory (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of(".");

    Path path() {
        return data.toAbsolutePath().normalize();
    }

    HubFolder folder() {
        return new HubFolder(path());
    }
}
