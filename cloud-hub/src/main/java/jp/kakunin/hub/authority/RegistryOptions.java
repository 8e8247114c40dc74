package jp.kakunin.hub.authority;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/// How the registry lies on disk: written once, read by prefix.
final class RegistryOptions implements AutoCloseable {
    private static final long CACHE_BYTES_MAX = 64L << 20;
    private static final double BLOOM_BITS_PER_PREFIX = 10;

    private final BloomFilter bloom;
    private final LRUCache cache;
    private final Options options;

    RegistryOptions() {
        RocksDB.loadLibrary();
        bloom = new BloomFilter(BLOOM_BITS_PER_PREFIX);
        cache = new LRUCache(CACHE_BYTES_MAX);
        options = new Options()
                .setCreateIfMissing(true)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .useFixedLengthPrefixExtractor(RegistryRow.PREFIX_BYTES)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setFilterPolicy(bloom)
                        .setWholeKeyFiltering(false));
    }

    Options options() {
        return options;
    }

    @Override
    public void close() {
        options.close();
        cache.close();
        bloom.close();
    }
}
