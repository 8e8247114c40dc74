package jp.kakunin.hub.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A lock that ends with its process, however that ends.
public final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Takes the lock, or returns null when somebody holds it.
    public static @Nullable FolderLock tryTake(Path file) throws IOException {
        FileChannel channel = open(file);
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                return new FolderLock(channel);
            }
        } catch (OverlappingFileLockException _) {
            // Held by this very process.
        }
        channel.close();
        return null;
    }

    /// Waits for its turn; for locks that are held for moments.
    public static FolderLock take(Path file) throws IOException {
        FileChannel channel = open(file);
        while (true) {
            try {
                channel.lock();
                return new FolderLock(channel);
            } catch (OverlappingFileLockException _) {
                // Another thread of this process holds it for a moment.
                Thread.onSpinWait();
            }
        }
    }

    private static FileChannel open(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            PrivateFile.folder(folder);
        }
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
