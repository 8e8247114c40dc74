package jp.kakunin.edge.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Disk space kept back in a file of zeros, so that what was begun can still be recorded when the disk is full.
final class Reserve {
    static final int RESERVE_BYTES = 8 * 1024 * 1024;

    private static final int CHUNK_BYTES = 64 * 1024;

    /// Taken only when as much again stays free, so that an almost full disk is not filled by this.
    private static final long FREE_BYTES_MIN = 2L * RESERVE_BYTES;

    private final Path file;
    private final Disk disk;

    Reserve(Path file, Disk disk) {
        this.file = file;
        this.disk = disk;
    }

    private boolean isHeld() {
        try {
            return Files.size(file) == RESERVE_BYTES;
        } catch (IOException _) {
            return false;
        }
    }

    /// Holds the reserve if there is space for it.
    boolean hold() {
        if (isHeld()) {
            return true;
        }
        return hasSpace() && take();
    }

    private boolean hasSpace() {
        try {
            return disk.usableBytes(file.resolveSibling("")) >= FREE_BYTES_MIN;
        } catch (IOException _) {
            return false;
        }
    }

    private boolean take() {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (int written = 0; written < RESERVE_BYTES; ) {
                written += channel.write(ByteBuffer.allocate(Math.min(CHUNK_BYTES, RESERVE_BYTES - written)));
            }
            channel.force(true);
            return true;
        } catch (IOException _) {
            release();
            return false;
        }
    }

    void release() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the reserve file cannot be deleted: check the rights on the data directory", e);
        }
    }
}
