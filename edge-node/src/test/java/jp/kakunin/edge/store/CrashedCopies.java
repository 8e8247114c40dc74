package jp.kakunin.edge.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What a crash leaves: the files as they lie, copied while the store that wrote them is still open and never closed.
final class CrashedCopies {
    private final Path root;
    private int generation;

    CrashedCopies(Path root) {
        this.root = root;
    }

    /// The directory for the next store to open.
    Path next() {
        Path before = root.resolve("edge-" + generation).resolve("store");
        generation++;
        Path after = root.resolve("edge-" + generation).resolve("store");
        try {
            Files.createDirectories(after.resolveSibling(""));
            if (Files.exists(before)) {
                copy(before, after);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return after;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }
}
