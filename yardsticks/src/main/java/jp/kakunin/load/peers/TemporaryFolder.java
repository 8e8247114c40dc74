package jp.kakunin.load.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/// Goes away with all that is in it.
record TemporaryFolder(Path path) implements AutoCloseable {
    /// Open for passing through: some servers run as a user of their own.
    static TemporaryFolder create() throws IOException {
        Path path = Files.createTempDirectory("kakunin-peers");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
        return new TemporaryFolder(path);
    }

    TemporaryFolder within(String name) throws IOException {
        return new TemporaryFolder(Files.createDirectory(path.resolve(name)));
    }

    /// Ctrl-C: nothing that was started stays behind, nor what it wrote.
    void closeOnExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "stop-peers"));
    }

    private void end() {
        Server.killChildren();
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary folder " + path + " could not be removed", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
