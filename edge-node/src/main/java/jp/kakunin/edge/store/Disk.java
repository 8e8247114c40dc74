package jp.kakunin.edge.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// What the store asks of the disk that may fail because it is full; tests put a full one in between.
interface Disk {
    Disk REAL = new Disk() {
        @Override
        public void write(RocksDB db, WriteOptions options, WriteBatch batch) throws RocksDBException {
            db.write(options, batch);
        }

        @Override
        public void drop(RocksDB db, ColumnFamilyHandle family) throws RocksDBException {
            db.dropColumnFamily(family);
        }

        @Override
        public long usableBytes(Path directory) throws IOException {
            return Files.getFileStore(directory).getUsableSpace();
        }
    };

    void write(RocksDB db, WriteOptions options, WriteBatch batch) throws RocksDBException;

    void drop(RocksDB db, ColumnFamilyHandle family) throws RocksDBException;

    long usableBytes(Path directory) throws IOException;
}
