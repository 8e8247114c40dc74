package jp.kakunin.edge.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Damaged stores, kept beside the one in use as `store.set-aside-1`, `-2` and so on. Never deleted by the product.
final class SetAside {
    private SetAside() {}

    /// In the order in which they were set aside.
    static List<Path> of(Path store) throws IOException {
        String prefix = store.getFileName() + ".set-aside-";
        try (Stream<Path> beside = Files.list(parent(store))) {
            return beside.filter(path -> path.getFileName().toString().matches(Pattern.quote(prefix) + "[0-9]{1,9}"))
                    .sorted(Comparator.comparingInt(path ->
                            Integer.parseInt(path.getFileName().toString().substring(prefix.length()))))
                    .toList();
        }
    }

    static Path put(Path store) throws IOException {
        int n = of(store).size() + 1;
        Path aside = store.resolveSibling(store.getFileName() + ".set-aside-" + n);
        while (Files.exists(aside)) {
            aside = store.resolveSibling(store.getFileName() + ".set-aside-" + ++n);
        }
        move(store, aside);
        return aside;
    }

    /// Renames and makes the new name survive a power cut.
    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        sync(parent(to));
    }

    /// Makes the names in a directory survive a power cut, where the system knows how.
    static void sync(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static Path parent(Path store) {
        Path parent = store.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("the store must lie in a directory");
        }
        return parent;
    }
}
