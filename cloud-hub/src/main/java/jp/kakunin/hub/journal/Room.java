package jp.kakunin.hub.journal;

import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// What the store asks of the disk that fails when there is no room; tests put a full disk in between.
interface Room {
    Room REAL = new Room() {
        @Override
        public void write(RocksDB db, WriteOptions options, WriteBatch batch) throws RocksDBException {
            db.write(options, batch);
        }

        @Override
        public void drop(RocksDB db, ColumnFamilyHandle family) throws RocksDBException {
            db.dropColumnFamily(family);
        }
    };

    void write(RocksDB db, WriteOptions options, WriteBatch batch) throws RocksDBException;

    void drop(RocksDB db, ColumnFamilyHandle family) throws RocksDBException;
}
