package jp.kakunin.hub.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file's content, read again whenever the file has changed. While a changed file cannot be read the last good
/// content
/// stays in force and the problem is logged once, because a slip of an editor must not shut out every clinic.
public final class Watched<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Watched.class);

    /// Reads the whole file.
    @FunctionalInterface
    public interface Reader<T> {
        T read() throws IOException;
    }

    private record Stamp(long modified, long size, @Nullable Object key) {}

    private record Seen<T>(@Nullable Stamp stamp, T content) {}

    private final Path file;
    private final Reader<T> reader;
    private volatile Seen<T> seen;

    public Watched(Path file, Reader<T> reader) {
        this.file = file;
        this.reader = reader;
        try {
            this.seen = new Seen<>(stamp(file), reader.read());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public T get() {
        Seen<T> last = seen;
        try {
            @Nullable Stamp now = stamp(file);
            if (now == null ? last.stamp == null : now.equals(last.stamp)) {
                return last.content;
            }
            return again(now);
        } catch (IOException e) {
            LOG.atError().addKeyValue("file", file.getFileName()).log("cannot look at the file", e);
            return last.content;
        }
    }

    private synchronized T again(@Nullable Stamp now) {
        T content = seen.content;
        try {
            content = reader.read();
        } catch (IOException e) {
            LOG.atError()
                    .addKeyValue("file", file.getFileName())
                    .addKeyValue("problem", e.getMessage())
                    .log("the changed file cannot be used; the last good content stays in force");
        }
        seen = new Seen<>(now, content);
        return content;
    }

    private static @Nullable Stamp stamp(Path file) throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime().toMillis(), attributes.size(), attributes.fileKey());
        } catch (NoSuchFileException _) {
            return null;
        }
    }
}
