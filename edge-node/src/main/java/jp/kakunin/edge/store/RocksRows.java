package jp.kakunin.edge.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import jp.kakunin.domain.TreatmentMonth;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// Rows in RocksDB: column family `meta` and one per treatment month, so that a month can be dropped whole.
final class RocksRows implements Rows {
    private static final String META = "meta";
    private static final String MONTH = "month-";

    private final Path directory;
    private final Reserve reserve;
    private final Durability durability;
    private final Disk disk;
    private final RocksSettings settings = new RocksSettings();
    private final Map<String, ColumnFamilyHandle> families = new TreeMap<>();
    private @Nullable RocksDB db;
    private boolean closed;

    RocksRows(Path directory, Reserve reserve, Durability durability, Disk disk) throws RocksDBException {
        this.directory = directory;
        this.reserve = reserve;
        this.durability = durability;
        this.disk = disk;
        try {
            openWithRoom();
        } catch (RocksDBException | RuntimeException e) {
            settings.close();
            throw e;
        }
    }

    private void openWithRoom() throws RocksDBException {
        try {
            open();
        } catch (RocksDBException e) {
            if (!isNoSpace(e)) {
                throw e;
            }
            reserve.release();
            open();
        }
    }

    private void open() throws RocksDBException {
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        for (byte[] name : RocksDB.listColumnFamilies(settings.listing(), directory.toString())) {
            descriptors.add(new ColumnFamilyDescriptor(name, settings.family()));
        }
        if (descriptors.isEmpty()) {
            descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, settings.family()));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        RocksDB opened = RocksDB.open(settings.database(), directory.toString(), descriptors, handles);
        db = opened;
        try {
            for (ColumnFamilyHandle handle : handles) {
                families.put(new String(handle.getName(), StandardCharsets.UTF_8), handle);
            }
            opened.verifyChecksum();
            if (!families.containsKey(META)) {
                create(META);
            }
        } catch (RocksDBException e) {
            closeDatabase();
            throw e;
        }
    }

    @Override
    public byte @Nullable [] get(Key key) {
        RocksDB opened = db();
        ColumnFamilyHandle family = families.get(nameOf(key.month()));
        if (family == null) {
            return null;
        }
        try {
            return opened.get(family, key.bytes());
        } catch (RocksDBException e) {
            throw broken(e);
        }
    }

    @Override
    public void scan(@Nullable TreatmentMonth month, byte[] prefix, BiConsumer<Key, byte[]> row) {
        RocksDB opened = db();
        ColumnFamilyHandle family = families.get(nameOf(month));
        if (family == null) {
            return;
        }
        byte[] end = prefix.clone();
        end[end.length - 1]++;
        try (Slice upper = new Slice(end);
                ReadOptions options = new ReadOptions().setIterateUpperBound(upper);
                RocksIterator rows = opened.newIterator(family, options)) {
            for (rows.seek(prefix); rows.isValid(); rows.next()) {
                row.accept(new Key(rows.key()), rows.value());
            }
            rows.status();
        } catch (RocksDBException e) {
            throw broken(e);
        }
    }

    @Override
    public Set<TreatmentMonth> months() {
        db();
        Set<TreatmentMonth> months = new TreeSet<>();
        for (String family : families.keySet()) {
            if (family.startsWith(MONTH)) {
                months.add(TreatmentMonth.parse(family.substring(MONTH.length())));
            }
        }
        return months;
    }

    @Override
    public void write(List<Row> changes) {
        try {
            writeOnce(changes);
        } catch (RocksDBException e) {
            if (!isNoSpace(e)) {
                throw broken(e);
            }
            writeFromReserve(changes);
        }
    }

    /// After a failed write RocksDB takes no other until it is opened again.
    private void writeFromReserve(List<Row> changes) {
        reserve.release();
        try {
            closeDatabase();
            open();
            writeOnce(changes);
        } catch (RocksDBException e) {
            if (isNoSpace(e)) {
                throw new StoreFullException("the disk is full and so is its reserve: make space on it");
            }
            throw broken(e);
        }
    }

    private void writeOnce(List<Row> changes) throws RocksDBException {
        RocksDB opened = db();
        try (WriteBatch batch = new WriteBatch();
                WriteOptions options = new WriteOptions().setSync(durability == Durability.SYNC)) {
            for (Row change : changes) {
                String name = nameOf(change.key().month());
                ColumnFamilyHandle family = families.containsKey(name) ? families.get(name) : create(name);
                byte[] value = change.value();
                if (value == null) {
                    batch.delete(family, change.key().bytes());
                } else {
                    batch.put(family, change.key().bytes(), value);
                }
            }
            disk.write(opened, options, batch);
        }
    }

    private ColumnFamilyHandle create(String name) throws RocksDBException {
        ColumnFamilyHandle family = db().createColumnFamily(
                        new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.UTF_8), settings.family()));
        families.put(name, family);
        return family;
    }

    @Override
    public boolean hasRoom() {
        return reserve.hold();
    }

    @Override
    public StoreCondition condition() {
        if (!reserve.hold()) {
            return StoreCondition.FULL;
        }
        return hasSetAside() ? StoreCondition.SALVAGED : StoreCondition.HEALTHY;
    }

    private boolean hasSetAside() {
        try {
            return !SetAside.of(directory).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory cannot be listed: check its rights", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        closeDatabase();
        settings.close();
    }

    private void closeDatabase() {
        families.values().forEach(ColumnFamilyHandle::close);
        families.clear();
        RocksDB open = db;
        db = null;
        if (open != null) {
            open.close();
        }
    }

    /// Opens it again if the last attempt to do so failed because the disk was full.
    private RocksDB db() {
        if (db == null) {
            if (closed) {
                throw new IllegalStateException("the store is closed");
            }
            try {
                open();
            } catch (RocksDBException e) {
                if (isNoSpace(e)) {
                    throw new StoreFullException("the disk is too full to open the store: make space on it");
                }
                throw broken(e);
            }
        }
        return Objects.requireNonNull(db);
    }

    private static String nameOf(@Nullable TreatmentMonth month) {
        return month == null ? META : MONTH + month;
    }

    static boolean isNoSpace(RocksDBException e) {
        Status status = e.getStatus();
        return status != null && status.getSubCode() == Status.SubCode.NoSpace;
    }

    private static StoreBrokenException broken(RocksDBException e) {
        return new StoreBrokenException("the store cannot be used; start the edge again to have it salvaged", e);
    }

    /// Whether something lies there that only a database leaves behind.
    static boolean isDamagedBeyondOpening(Path directory) throws IOException {
        if (!Files.isDirectory(directory) || Files.exists(directory.resolve("CURRENT"))) {
            return false;
        }
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.endsWith(".sst") || name.endsWith(".log") || name.startsWith("MANIFEST"));
        }
    }
}
