package jp.kakunin.load.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Turns off the power under a folder: afterwards it holds what was synced and nothing else. `powercut.c` says what
/// counts as synced and explains the notes read here.
///
/// Content is kept whole, not just its length, since RocksDB writes over old logs. Deleted files come back when their
/// folder was not synced since.
public final class PowerCut {
    private final Path library;
    private final Path folder;
    private final Path notes;
    private final Path atStart;

    /// Compiles the library that is preloaded; needs gcc.
    public static Path compile(Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve("powercut.c");
        Path library = folder.resolve("libpowercut.so");
        try (InputStream in = PowerCut.class.getResourceAsStream("powercut.c")) {
            Files.copy(Objects.requireNonNull(in, "powercut.c is not on the class path"), source);
        }
        Process gcc;
        try {
            gcc = new ProcessBuilder(
                            "gcc",
                            "-Wall",
                            "-Wextra",
                            "-Werror",
                            "-O2",
                            "-shared",
                            "-fPIC",
                            "-o",
                            library.toString(),
                            source.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new IOException("cutting the power needs a C compiler: install gcc and libc6-dev", e);
        }
        String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (gcc.waitFor() != 0) {
            throw new IOException("powercut.c could not be compiled:\n" + said);
        }
        return library;
    }

    /// @param scratch a folder outside of the one that loses power
    public PowerCut(Path library, Path folder, Path scratch) {
        this.library = library;
        this.folder = folder;
        this.notes = scratch.resolve("notes");
        this.atStart = scratch.resolve("at-start");
    }

    /// Call just before each start of the node; whatever is on the disk now counts as safe.
    ///
    /// @return what the node is to be started with
    public List<String> environment() throws IOException {
        Folders.delete(notes);
        Files.createDirectories(notes);
        Folders.replace(atStart, folder);
        return List.of("LD_PRELOAD=" + library, "POWERCUT_ROOT=" + folder, "POWERCUT_NOTES=" + notes);
    }

    /// Call when the node is dead.
    ///
    /// @return how many files and bytes did not survive
    public Loss cut() throws IOException {
        Path root = folder.toRealPath();
        var contents = new HashMap<String, Path>();
        var names = new TreeMap<Path, Map<String, String>>();
        namesAtStart(root, names);
        read(root, contents, names);
        long bytes = size(folder);
        Folders.delete(folder);
        Files.createDirectories(folder);
        restore(root, contents, names);
        return new Loss(bytes - size(folder));
    }

    /// @param bytes may be negative, since deleted files come back
    public record Loss(long bytes) {}

    /// Folders without a key; files get theirs from the notes.
    private void namesAtStart(Path root, Map<Path, Map<String, String>> names) throws IOException {
        try (var files = Files.walk(atStart)) {
            for (Path file : files.toList()) {
                Path place = root.resolve(atStart.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    names.put(place, new HashMap<>());
                    if (!place.equals(root)) {
                        names.computeIfAbsent(place.getParent(), _ -> new HashMap<>())
                                .put(place.getFileName().toString(), "");
                    }
                }
            }
        }
    }

    private void read(Path root, Map<String, Path> contents, Map<Path, Map<String, String>> names) throws IOException {
        @Nullable Map<String, String> synced = null;
        for (String line : Files.readAllLines(notes.resolve("notes"))) {
            String[] words = line.split(" ", 3);
            switch (words[0]) {
                case "B" -> {
                    Path place = Path.of(words[2]);
                    contents.put(
                            words[1], atStart.resolve(root.relativize(place).toString()));
                    names.computeIfAbsent(place.getParent(), _ -> new HashMap<>())
                            .put(place.getFileName().toString(), words[1]);
                }
                case "F" -> contents.put(words[2], notes.resolve("copy-" + words[1]));
                case "D" -> {
                    synced = new HashMap<>();
                    names.put(Path.of(line.substring(2)), synced);
                }
                case "f" -> put(synced, words[2], words[1]);
                case "d" -> put(synced, words[2], "");
                case "." -> synced = null;
                default -> throw new IOException("unknown note: " + line);
            }
        }
    }

    private static void put(@Nullable Map<String, String> synced, String name, String key) throws IOException {
        if (synced == null) {
            throw new IOException("a name outside of a folder: " + name);
        }
        synced.put(name, key);
    }

    private static void restore(Path place, Map<String, Path> contents, Map<Path, Map<String, String>> names)
            throws IOException {
        Files.createDirectories(place);
        for (var entry : names.getOrDefault(place, Map.of()).entrySet()) {
            Path target = place.resolve(entry.getKey());
            if (entry.getValue().isEmpty()) {
                restore(target, contents, names);
            } else if (contents.containsKey(entry.getValue())) {
                Files.copy(contents.get(entry.getValue()), target);
            } else {
                Files.createFile(target); // The name is safe, the content was never synced.
            }
        }
    }

    private static long size(Path folder) throws IOException {
        long bytes = 0;
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
