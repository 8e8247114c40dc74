package jp.kakunin.edge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jp.kakunin.edge.disk.PrivateFile;
import org.jspecify.annotations.Nullable;

/// Held by a running edge for its whole life, and by whoever changes its identity: a second one must not touch even
/// the month keys. The file names the process, because its run file is there only once it is ready.
public final class RunLock implements AutoCloseable {
    /// Behind the text: where a lock keeps others from reading, as on Windows, it must not lie on the text.
    private static final long LOCKED_AT = 1_024;

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /// `null` if another edge holds it.
    public static @Nullable RunLock tryTake(Path file, long pid) throws IOException {
        PrivateFile.folder(file.resolveSibling(""));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock(LOCKED_AT, 1, false);
            if (lock != null) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(String.valueOf(pid).getBytes(StandardCharsets.US_ASCII)), 0);
                return new RunLock(channel);
            }
        } catch (OverlappingFileLockException _) {
            // Held by this very process.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return null;
    }

    /// The process that holds it; empty if it has not said so yet.
    static String holder(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII);
            // What the last one left may still stand there for a moment.
            return text.matches("[0-9]{1,18}")
                            && ProcessHandle.of(Long.parseLong(text)).isPresent()
                    ? text
                    : "";
        } catch (IOException _) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
