package jp.kakunin.edge.cli;

import java.nio.file.Path;
import jp.kakunin.edge.EdgeConfig;
import jp.kakunin.edge.ReceiptFolders;
import jp.kakunin.edge.desk.OutageLimits;
import jp.kakunin.edge.door.DoorOptions;
import picocli.CommandLine.Option;

/// `--data`, the same in every command.
final class DataOption {
    @Option(names = "--data", paramLabel = "DIR", description = "Data directory (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of(".");

    EdgeConfig config(int port) {
        return new EdgeConfig(data, port);
    }

    EdgeConfig config(
            int port, int filingDay, OutageLimits outageLimits, ReceiptFolders receiptFolders, DoorOptions door) {
        return new EdgeConfig(data, port, filingDay, outageLimits, receiptFolders, door);
    }
}
