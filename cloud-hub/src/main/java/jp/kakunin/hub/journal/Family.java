package jp.kakunin.hub.journal;

import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.rocksdb.ColumnFamilyHandle;

/// The column family of one treatment month. Its handle is closed only when nobody reads by it: using a closed handle
/// would end the process.
final class Family {
    private final ColumnFamilyHandle handle;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    Family(ColumnFamilyHandle handle) {
        this.handle = handle;
    }

    /// Reads, unless the month was closed meanwhile.
    <T> Optional<T> read(Function<ColumnFamilyHandle, T> reading) {
        lock.readLock().lock();
        try {
            return closed ? Optional.empty() : Optional.of(reading.apply(handle));
        } finally {
            lock.readLock().unlock();
        }
    }

    /// For the committer alone: nobody else closes it.
    ColumnFamilyHandle handle() {
        return handle;
    }

    /// Waits for those who read.
    void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            handle.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
