package jp.kakunin.edge.store;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WALRecoveryMode;

/// RocksDB made small, for a clinic's reception PC.
final class RocksSettings implements AutoCloseable {
    private static final long CACHE_BYTES_MAX = 8L * 1024 * 1024;
    private static final long WRITE_BUFFER_BYTES_MAX = 2L * 1024 * 1024;
    private static final long WAL_BYTES_MAX = 8L * 1024 * 1024;
    private static final long INFO_LOG_BYTES_MAX = 1024 * 1024;
    private static final int INFO_LOGS_MAX = 3;
    private static final long MANIFEST_BYTES_MAX = 1024 * 1024;
    private static final int OPEN_FILES_MAX = 64;

    static {
        RocksDB.loadLibrary();
    }

    private final Cache cache = new LRUCache(CACHE_BYTES_MAX);
    private final Options listing = new Options();
    private final ColumnFamilyOptions family = new ColumnFamilyOptions()
            .setWriteBufferSize(WRITE_BUFFER_BYTES_MAX)
            .setMaxWriteBufferNumber(2)
            .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache));

    /// A write cut short by a power failure is the tail of the log and was never promised; anything else that does
    /// not check is damage and must not be skipped in silence.
    private final DBOptions database = new DBOptions()
            .setCreateIfMissing(true)
            .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
            .setMaxBackgroundJobs(1)
            .setMaxTotalWalSize(WAL_BYTES_MAX)
            .setMaxOpenFiles(OPEN_FILES_MAX)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setMaxLogFileSize(INFO_LOG_BYTES_MAX)
            .setKeepLogFileNum(INFO_LOGS_MAX)
            .setMaxManifestFileSize(MANIFEST_BYTES_MAX)
            .setStatsDumpPeriodSec(0)
            .setStatsPersistPeriodSec(0);

    ColumnFamilyOptions family() {
        return family;
    }

    DBOptions database() {
        return database;
    }

    Options listing() {
        return listing;
    }

    @Override
    public void close() {
        database.close();
        family.close();
        listing.close();
        cache.close();
    }
}
