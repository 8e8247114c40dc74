package jp.kakunin.hub.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import jp.kakunin.hub.disk.PrivateFile;

/// Logging of the hub process: files of limited size in the data directory, and warnings on the error stream.
final class Logs {
    private static final int FILE_BYTES_MAX = 5 * 1024 * 1024;
    private static final int FILES_MAX = 5;
    private static final String FORMAT = "%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s: %5$s%6$s%n";

    /// Its one warning, that Vert.x asks for the same gauge twice, means nothing to an operator. Held here because
    /// the logging framework forgets the levels of loggers that nobody holds.
    private static final Logger MICROMETER = Logger.getLogger("io.micrometer");

    private Logs() {}

    static void toFolder(Path folder) throws IOException {
        PrivateFile.folder(folder);
        System.setProperty("java.util.logging.SimpleFormatter.format", FORMAT);
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        // A percent sign is the handler's own escape character.
        String pattern = folder.toString().replace("%", "%%") + "/hub-%g.log";
        add(root, new FileHandler(pattern, FILE_BYTES_MAX, FILES_MAX, true), Level.INFO);
        add(root, new ConsoleHandler(), Level.WARNING);
        root.setLevel(Level.INFO);
        MICROMETER.setLevel(Level.SEVERE);
    }

    private static void add(Logger root, Handler handler, Level level) {
        handler.setLevel(level);
        handler.setFormatter(new SimpleFormatter());
        root.addHandler(handler);
    }
}
