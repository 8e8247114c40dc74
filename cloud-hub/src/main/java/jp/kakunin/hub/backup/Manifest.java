package jp.kakunin.hub.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.kakunin.hub.disk.PrivateFile;

/// Which files a backup has and the digest of each; written last, so that a backup with a manifest is complete.
final class Manifest {
    private static final String NAME = "manifest";
    private static final String FIRST_LINE = "kakunin backup 1";
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) (\\S.*)");

    private final SortedMap<String, String> digests = new TreeMap<>();

    static boolean isIn(Path backup) {
        return Files.exists(backup.resolve(NAME));
    }

    /// @throws IOException naming what is wrong with the backup
    static Manifest read(Path backup) throws IOException {
        if (!isIn(backup)) {
            throw new IOException(backup + " holds no complete backup: it has no file '" + NAME + "'");
        }
        var lines = Files.readAllLines(backup.resolve(NAME), StandardCharsets.UTF_8);
        if (lines.isEmpty() || !lines.getFirst().equals(FIRST_LINE)) {
            throw new IOException(backup + " is of another version: its manifest must begin with '" + FIRST_LINE + "'");
        }
        Manifest manifest = new Manifest();
        for (String line : lines.subList(1, lines.size())) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches() || !isInside(matcher.group(2))) {
                throw new IOException("the manifest of " + backup + " has a line that is none: " + line);
            }
            manifest.digests.put(matcher.group(2), matcher.group(1));
        }
        return manifest;
    }

    private static boolean isInside(String path) {
        Path relative = Path.of(path);
        return !relative.isAbsolute() && relative.equals(relative.normalize()) && !relative.startsWith("..");
    }

    void add(String path, String digest) {
        digests.put(path, digest);
    }

    /// Paths below the backup and the digest of each, in hex.
    SortedMap<String, String> digests() {
        return digests;
    }

    void write(Path backup) throws IOException {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        digests.forEach(
                (path, digest) -> text.append(digest).append(' ').append(path).append('\n'));
        PrivateFile.write(backup.resolve(NAME), text.toString());
    }
}
