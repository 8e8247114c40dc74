package jp.kakunin.edge.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.keys.ClinicKeys;
import jp.kakunin.keys.SealingKey;
import jp.kakunin.keys.UnsealableException;
import jp.kakunin.keys.VaultException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// Rows in RocksDB: column family `meta` and one per treatment month, so that a month can be dropped whole. The values
/// of a month are sealed by keys of month and clinic.
final class RocksRows implements Rows {
    private static final String META = "meta";
    private static final String MONTH = "month-";

    private final Path directory;
    private final ClinicKeys keys;
    private final Reserve reserve;
    private final Durability durability;
    private final Disk disk;
    private final RocksSettings settings = new RocksSettings();
    private final Map<String, ColumnFamilyHandle> families = new TreeMap<>();
    private @Nullable RocksDB db;
    private boolean closed;

    RocksRows(Path directory, ClinicKeys keys, Reserve reserve, Durability durability, Disk disk)
            throws RocksDBException {
        this.directory = directory;
        this.keys = keys;
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
            dropForgotten();
            if (!families.containsKey(META)) {
                create(META);
            }
        } catch (RocksDBException e) {
            closeDatabase();
            throw e;
        }
    }

    /// A copy of the store from before may have brought them back.
    private void dropForgotten() throws RocksDBException {
        for (TreatmentMonth month : months()) {
            if (keys.months().isDestroyed(month)) {
                drop(month);
            }
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
            byte[] value = opened.get(family, key.bytes());
            return value == null ? null : opened(key, value);
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
                Key key = new Key(rows.key());
                row.accept(key, opened(key, rows.value()));
            }
            rows.status();
        } catch (RocksDBException e) {
            throw broken(e);
        }
    }

    private byte[] opened(Key key, byte[] value) {
        TreatmentMonth month = key.month();
        SealingKey sealing = month == null ? null : keys.find(month, key.clinic());
        if (month != null && sealing == null) {
            throw new StoreBrokenException("a key of month " + month + " is missing");
        }
        try {
            return sealing == null ? value : sealing.open(key.bytes(), value);
        } catch (UnsealableException e) {
            throw new StoreBrokenException("a row of month " + month + " is damaged", e);
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
        } catch (VaultException _) {
            writeFromReserve(changes);
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
        } catch (VaultException e) {
            throw new StoreFullException(String.valueOf(e.getMessage()));
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
                byte[] value = change.value();
                byte[] sealed = value == null ? null : sealed(change.key(), value);
                if (sealed != null) {
                    batch.put(
                            families.containsKey(name) ? families.get(name) : create(name),
                            change.key().bytes(),
                            sealed);
                } else if (families.containsKey(name)) {
                    batch.delete(families.get(name), change.key().bytes());
                }
            }
            disk.write(opened, options, batch);
        }
    }

    private byte[] sealed(Key key, byte[] value) {
        TreatmentMonth month = key.month();
        if (month == null) {
            return value;
        }
        SealingKey sealing = keys.of(month, key.clinic());
        if (sealing == null) {
            throw new IllegalStateException("month " + month + " is forgotten");
        }
        return sealing.seal(key.bytes(), value);
    }

    @Override
    public void forget(Set<TreatmentMonth> months) {
        if (months.isEmpty()) {
            return;
        }
        try {
            dropAll(months);
        } catch (RocksDBException e) {
            if (!isNoSpace(e)) {
                throw broken(e);
            }
            dropFromReserve(months);
        }
        try {
            keys.months().destroy(Collections.max(months), months());
        } catch (VaultException _) {
            // Perhaps for want of the few bytes that a new ring of keys takes.
            reserve.release();
            keys.months().destroy(Collections.max(months), months());
        }
    }

    private void dropAll(Set<TreatmentMonth> months) throws RocksDBException {
        for (TreatmentMonth month : months) {
            drop(month);
        }
    }

    private void dropFromReserve(Set<TreatmentMonth> months) {
        reserve.release();
        try {
            closeDatabase();
            open();
            dropAll(months);
        } catch (RocksDBException e) {
            if (isNoSpace(e)) {
                throw new StoreFullException("the disk is too full to forget a month: make space on it");
            }
            throw broken(e);
        }
    }

    @Override
    public void sweep() {
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
            // The log is left behind only when nothing in it is needed, of whichever family.
            db().flush(flush, List.copyOf(families.values()));
            for (ColumnFamilyHandle family : families.values()) {
                db().compactRange(family);
            }
        } catch (RocksDBException e) {
            if (!isNoSpace(e)) {
                throw broken(e);
            }
            closeDatabase();
        }
    }

    @Override
    public boolean forget(InstitutionCode clinic) {
        return keys.destroy(clinic);
    }

    @Override
    public boolean isForgotten(TreatmentMonth month) {
        return keys.months().isDestroyed(month);
    }

    private void drop(TreatmentMonth month) throws RocksDBException {
        ColumnFamilyHandle family = families.get(nameOf(month));
        if (family != null) {
            disk.drop(db(), family);
            families.remove(nameOf(month));
            family.close();
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
}
