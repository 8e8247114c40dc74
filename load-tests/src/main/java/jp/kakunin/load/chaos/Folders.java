package jp.kakunin.load.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Copies of folders, as somebody makes them who restores or clones a disk.
public final class Folders {
    private Folders() {}

    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// Puts what `from` holds in the place of what is there.
    public static void replace(Path folder, Path from) throws IOException {
        delete(folder);
        copy(from, folder);
    }

    /// The log that RocksDB wrote to last.
    public static Path newestLog(Path store) throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            List<Path> logs = files.filter(file -> file.getFileName().toString().matches("[0-9]+[.]log"))
                    .sorted()
                    .toList();
            return logs.getLast();
        }
    }
}
