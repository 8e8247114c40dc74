package jp.kakunin.hub.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.keys.MonthKeys;
import jp.kakunin.keys.SealingKey;
import jp.kakunin.keys.UnsealableException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.HyperClockCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The RocksDB database with its column families: one per treatment month and one for what outlives months. The values
/// of a month are sealed; readers get them opened.
/// Reading is for any platform thread; writing, creating and dropping for one thread alone, because a write that
/// names a dropped column family poisons the database.
final class Store implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private static final long CACHE_BYTES_MAX = 256L << 20;
    /// Four times the usual: rows are small and not compressed, so compaction makes and finds fewer blocks.
    private static final long BLOCK_BYTES = 16 << 10;

    private static final long MEMTABLE_BYTES_MAX = 64L << 20;
    /// What a start after a crash takes in again.
    private static final long WAL_BYTES_MAX = 192L << 20;

    /// Written tables go to the disk in such steps, so that a sync of the log does not wait behind a whole table.
    private static final long SYNC_BYTES = 1L << 20;

    private static final double BLOOM_BITS_PER_KEY = 10;

    private final List<AutoCloseable> resources = new ArrayList<>();
    private final ConcurrentNavigableMap<TreatmentMonth, Family> months = new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<TreatmentMonth, Family> hidden = new ConcurrentSkipListMap<>();
    private final MonthKeys keys;
    private final Room room;
    private final ColumnFamilyOptions familyOptions;
    private final WriteOptions writeOptions;
    private final RocksDB db;
    private final Family base;

    /// Opens it for reading alone, and changes nothing in the folder.
    static Store openReadOnly(Path directory, MonthKeys keys) throws RocksDBException {
        return new Store(directory, Durability.SYNC, keys, Room.REAL, RocksDB::openReadOnly);
    }

    private interface Opening {
        RocksDB open(
                DBOptions options,
                String path,
                List<ColumnFamilyDescriptor> descriptors,
                List<ColumnFamilyHandle> handles)
                throws RocksDBException;
    }

    Store(Path directory, Durability durability, MonthKeys keys) throws IOException, RocksDBException {
        this(directory, durability, keys, Room.REAL);
    }

    Store(Path directory, Durability durability, MonthKeys keys, Room room) throws IOException, RocksDBException {
        this(Files.createDirectories(directory), durability, keys, room, RocksDB::open);
    }

    private Store(Path directory, Durability durability, MonthKeys keys, Room room, Opening opening)
            throws RocksDBException {
        this.keys = keys;
        this.room = room;
        RocksDB.loadLibrary();
        Cache cache = keep(new HyperClockCache(CACHE_BYTES_MAX, 0, -1, false));
        familyOptions = keep(new ColumnFamilyOptions())
                .setWriteBufferSize(MEMTABLE_BYTES_MAX)
                // What is sealed does not become smaller.
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setBlockSize(BLOCK_BYTES)
                        .setFilterPolicy(keep(new BloomFilter(BLOOM_BITS_PER_KEY))));
        writeOptions = keep(new WriteOptions()).setSync(durability == Durability.SYNC);
        DBOptions options = keep(new DBOptions())
                .setCreateIfMissing(true)
                .setMaxTotalWalSize(WAL_BYTES_MAX)
                .setBytesPerSync(SYNC_BYTES)
                // An unfinished last write was never acknowledged. Damage before it was: then rather not open than
                // silently go on without what follows it. Recycled log files would be incompatible with this.
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setRecycleLogFileNum(0);
        List<ColumnFamilyDescriptor> descriptors = descriptors(directory);
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        db = keep(opening.open(options, directory.toString(), descriptors, handles));
        base = new Family(handles.getFirst());
        for (int i = 1; i < handles.size(); i++) {
            months.put(month(descriptors.get(i).getName()), new Family(handles.get(i)));
        }
    }

    /// The open months, oldest first.
    NavigableMap<TreatmentMonth, Family> months() {
        return months;
    }

    /// Months that are closed and not dropped yet; whoever holds their key may still count what is in them.
    NavigableMap<TreatmentMonth, Family> hidden() {
        return hidden;
    }

    byte @Nullable [] get(@Nullable TreatmentMonth month, byte[] key) {
        Family family = month == null ? base : months.get(month);
        return family == null
                ? null
                : family.read(handle -> get(handle, key))
                        .flatMap(found -> found)
                        .map(value -> opened(month, key, value))
                        .orElse(null);
    }

    /// The values in the order of the keys, empty for those that do not exist.
    List<Optional<byte[]>> getAll(TreatmentMonth month, List<byte[]> keys) {
        Family family = months.get(month);
        List<Optional<byte[]>> nothing = Collections.nCopies(keys.size(), Optional.empty());
        return family == null
                ? nothing
                : family.read(handle -> getAll(month, handle, keys)).orElse(nothing);
    }

    /// Visits the rows from `from` on while their keys begin with `prefix` and the visitor wants more.
    void scan(@Nullable TreatmentMonth month, byte[] prefix, byte[] from, BiPredicate<byte[], byte[]> visitor) {
        Family family = month == null ? base : months.get(month);
        if (family != null) {
            scan(month, family, prefix, from, visitor);
        }
    }

    /// Like [#scan] of all that begins with `prefix`, and passes over what is damaged.
    ///
    /// @return how many rows that were
    int scanWhole(TreatmentMonth month, byte[] prefix, BiPredicate<byte[], byte[]> visitor) {
        AtomicInteger damaged = new AtomicInteger();
        scanSealed(month, prefix, prefix, (key, value) -> {
            byte[] whole = openedIfWhole(month, key, value);
            if (whole == null) {
                damaged.incrementAndGet();
                return true;
            }
            return visitor.test(key, whole);
        });
        return damaged.get();
    }

    /// Like [#scan], with the values as they lie there, sealed.
    void scanSealed(@Nullable TreatmentMonth month, byte[] prefix, byte[] from, BiPredicate<byte[], byte[]> visitor) {
        Family family = month == null ? base : months.get(month);
        if (family != null) {
            var _ = family.read(handle -> {
                scan(handle, prefix, from, visitor);
                return true;
            });
        }
    }

    /// Visits the values of a hidden month while the visitor wants more; what is damaged comes as `null`,
    /// because a bad row must not keep a month from being forgotten.
    void scanHidden(TreatmentMonth month, byte[] prefix, Predicate<byte @Nullable []> visitor) {
        Family family = hidden.get(month);
        if (family != null) {
            var _ = family.read(handle -> {
                scan(handle, prefix, prefix, (key, value) -> visitor.test(openedIfWhole(month, key, value)));
                return true;
            });
        }
    }

    private byte @Nullable [] openedIfWhole(TreatmentMonth month, byte[] name, byte[] value) {
        try {
            return opened(month, name, value);
        } catch (JournalBrokenException _) {
            return null;
        }
    }

    private void scan(
            @Nullable TreatmentMonth month,
            Family family,
            byte[] prefix,
            byte[] from,
            BiPredicate<byte[], byte[]> visitor) {
        var _ = family.read(handle -> {
            scan(handle, prefix, from, (key, value) -> visitor.test(key, opened(month, key, value)));
            return true;
        });
    }

    private byte[] opened(@Nullable TreatmentMonth month, byte[] name, byte[] value) {
        if (month == null) {
            return value;
        }
        SealingKey key = keys.find(month);
        if (key == null) {
            throw new JournalBrokenException("the key of month " + month + " is missing");
        }
        try {
            return Packed.unpack(key.open(name, value));
        } catch (UnsealableException | IllegalArgumentException e) {
            throw new JournalBrokenException("a row of month " + month + " is damaged", e);
        }
    }

    /// Adds to a batch; the month must exist.
    void stage(WriteBatch batch, Row row) throws RocksDBException {
        ColumnFamilyHandle handle = family(row.month()).handle();
        if (row.value() == null) {
            batch.delete(handle, row.key());
        } else {
            batch.put(handle, row.key(), row.value());
        }
    }

    void write(WriteBatch batch) throws RocksDBException {
        room.write(db, writeOptions, batch);
    }

    void ensure(TreatmentMonth month) throws RocksDBException {
        if (!months.containsKey(month)) {
            byte[] name = month.toString().getBytes(StandardCharsets.US_ASCII);
            months.put(month, new Family(db.createColumnFamily(new ColumnFamilyDescriptor(name, familyOptions))));
        }
    }

    /// A copy of the whole database at one instant, made of links to its files where the disk can link.
    void copyTo(Path directory) {
        var _ = base.read(_ -> {
            try (Checkpoint checkpoint = Checkpoint.create(db)) {
                checkpoint.createCheckpoint(directory.toString());
                return true;
            } catch (RocksDBException e) {
                throw new JournalBrokenException("the store cannot be copied", e);
            }
        });
    }

    /// Nobody reads or writes the month from here on.
    void hide(TreatmentMonth month) {
        Family family = months.remove(month);
        if (family != null) {
            hidden.put(month, family);
        }
    }

    /// Of a hidden month. Its files go when the handle is closed, which may take a while.
    ///
    /// @return closes the handle
    Runnable drop(TreatmentMonth month) throws RocksDBException {
        Family family = hidden.get(month);
        if (family == null) {
            return () -> {};
        }
        room.drop(db, family.handle());
        return () -> {
            if (hidden.remove(month, family)) {
                family.close();
            }
        };
    }

    /// What only the log holds goes to tables, so that the next start need not take it in again.
    void flush() {
        var _ = base.read(handle -> {
            List<ColumnFamilyHandle> handles = new ArrayList<>(List.of(handle));
            months.values().forEach(family -> handles.add(family.handle()));
            try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
                db.flush(options, handles);
            } catch (RocksDBException e) {
                LOG.warn("the next start takes longer: what is in memory could not be written out", e);
            }
            return true;
        });
    }

    @Override
    public void close() {
        months.values().forEach(Family::close);
        months.clear();
        hidden.values().forEach(Family::close);
        hidden.clear();
        base.close();
        for (AutoCloseable resource : resources.reversed()) {
            close(resource);
        }
    }

    private Family family(@Nullable TreatmentMonth month) {
        Family family = month == null ? base : months.get(month);
        if (family == null) {
            throw new IllegalStateException("month " + month + " has no column family");
        }
        return family;
    }

    private List<ColumnFamilyDescriptor> descriptors(Path directory) throws RocksDBException {
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, familyOptions));
        try (Options options = new Options()) {
            for (byte[] name : RocksDB.listColumnFamilies(options, directory.toString())) {
                if (!Arrays.equals(name, RocksDB.DEFAULT_COLUMN_FAMILY)) {
                    descriptors.add(new ColumnFamilyDescriptor(name, familyOptions));
                }
            }
        }
        return descriptors;
    }

    private Optional<byte[]> get(ColumnFamilyHandle handle, byte[] key) {
        try {
            return Optional.ofNullable(db.get(handle, key));
        } catch (RocksDBException e) {
            throw new JournalBrokenException("reading failed", e);
        }
    }

    private List<Optional<byte[]>> getAll(TreatmentMonth month, ColumnFamilyHandle handle, List<byte[]> names) {
        try {
            List<byte[]> found = db.multiGetAsList(Collections.nCopies(names.size(), handle), names);
            List<Optional<byte[]>> values = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                byte[] name = names.get(i);
                values.add(Optional.ofNullable(found.get(i)).map(value -> opened(month, name, value)));
            }
            return values;
        } catch (RocksDBException e) {
            throw new JournalBrokenException("reading failed", e);
        }
    }

    private void scan(ColumnFamilyHandle handle, byte[] prefix, byte[] from, BiPredicate<byte[], byte[]> visitor) {
        try (RocksIterator iterator = db.newIterator(handle)) {
            iterator.seek(from);
            boolean more = true;
            while (more && iterator.isValid() && beginsWith(iterator.key(), prefix)) {
                more = visitor.test(iterator.key(), iterator.value());
                iterator.next();
            }
            iterator.status();
        } catch (RocksDBException e) {
            throw new JournalBrokenException("reading failed", e);
        }
    }

    private static boolean beginsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static TreatmentMonth month(byte[] name) {
        return TreatmentMonth.parse(new String(name, StandardCharsets.US_ASCII));
    }

    private <R extends AutoCloseable> R keep(R resource) {
        resources.add(resource);
        return resource;
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new JournalBrokenException("closing failed", e);
        }
    }
}
