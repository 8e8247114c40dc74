package jp.kakunin.edge;

import java.util.function.Supplier;
import jp.kakunin.edge.cli.EdgeCommand;
import jp.kakunin.edge.reader.CardReader;
import jp.kakunin.edge.reader.PcscPort;
import jp.kakunin.edge.reader.PortCardReader;
import jp.kakunin.edge.reader.ReaderOptions;

/// Entry point of the edge process: `edge` in the launcher.
public final class EdgeMain {
    private EdgeMain() {}

    public static void main(String[] args) {
        System.exit(run(args, () -> PortCardReader.start(new PcscPort(), ReaderOptions.DEFAULT)));
    }

    /// Runs one command to its end.
    ///
    /// @param reader opened only when the command runs an edge; the edge closes it
    /// @return the exit code
    public static int run(String[] args, Supplier<CardReader> reader) {
        return EdgeCommand.commandLine(() -> World.system(reader.get())).execute(args);
    }
}
