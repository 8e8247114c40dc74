package jp.kakunin.load.bench;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.EnvOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/// A RocksDB with one row per person and nothing else, as a measure for what a read costs on this machine.
final class PlainStore implements AutoCloseable {
    private static final long CACHE_BYTES_MAX = 64L << 20;
    static final int KEY_BYTES = 25;

    /// About as many as a compaction puts into one file: the index of one huge file would be slower to search.
    private static final int FILE_ROWS = 500_000;

    private final LRUCache cache = new LRUCache(CACHE_BYTES_MAX);
    private final BloomFilter bloom = new BloomFilter(10);
    private final Options options = new Options()
            .setCreateIfMissing(true)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setTableFormatConfig(
                    new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(bloom));
    private final RocksDB db;

    private PlainStore(Path folder) throws RocksDBException {
        db = RocksDB.open(options, folder.toString());
    }

    static PlainStore fill(Path folder, int rows, int valueBytes, long seed) throws Exception {
        Files.createDirectories(folder);
        PlainStore store = new PlainStore(folder);
        Random random = new Random(seed);
        for (int from = 0; from < rows; from += FILE_ROWS) {
            store.ingest(
                    folder.resolveSibling("plain.sst"), from, Math.min(rows, from + FILE_ROWS), valueBytes, random);
        }
        return store;
    }

    private void ingest(Path file, int from, int to, int valueBytes, Random random) throws RocksDBException {
        byte[] value = new byte[valueBytes];
        try (var environment = new EnvOptions();
                var writer = new SstFileWriter(environment, options)) {
            writer.open(file.toString());
            for (int row = from; row < to; row++) {
                random.nextBytes(value);
                writer.put(key(row), value);
            }
            writer.finish();
        }
        try (var ingest = new IngestExternalFileOptions()) {
            ingest.setMoveFiles(true);
            db.ingestExternalFile(List.of(file.toString()), ingest);
        }
    }

    void get(int row) {
        try {
            if (db.get(key(row)) == null) {
                throw new IllegalStateException("a row that was written is not there");
            }
        } catch (RocksDBException e) {
            throw new IllegalStateException("the plain store cannot be read", e);
        }
    }

    private static byte[] key(int row) {
        return ByteBuffer.allocate(KEY_BYTES).putInt(row).array();
    }

    @Override
    public void close() {
        db.close();
        options.close();
        bloom.close();
        cache.close();
    }
}
