package jp.kakunin.edge.store;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import jp.kakunin.codec.EdgeStoreCodec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Ids;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.outbox.KeptFact;
import org.jspecify.annotations.Nullable;

/// An edge's disk in memory. Opening it again is what a restart after a crash finds; a copy is a backup image or a
/// cloned
/// disk. The store's rules on it are the real ones.
public final class MemoryDisk {
    private static final Comparator<Key> BYTE_ORDER = (a, b) -> Arrays.compareUnsigned(a.bytes(), b.bytes());

    private final TreeMap<Key, byte[]> rows = new TreeMap<>(BYTE_ORDER);
    private final Set<TreatmentMonth> forgotten = new TreeSet<>();
    private final Set<InstitutionCode> keyed = new TreeSet<>();
    private final boolean forgetful;
    private boolean full;
    private boolean out;
    private boolean reserveHeld = true;

    public MemoryDisk() {
        this(false);
    }

    private MemoryDisk(boolean forgetful) {
        this.forgetful = forgetful;
    }

    /// A disk that loses everything when it is opened again.
    static MemoryDisk forgetful() {
        return new MemoryDisk(true);
    }

    public FactStore open() {
        if (forgetful) {
            rows.clear();
        }
        return new KeyedFactStore(new MemoryRows());
    }

    /// The image of this disk as it is now.
    public MemoryDisk copy() {
        MemoryDisk copy = new MemoryDisk(forgetful);
        copy.rows.putAll(rows);
        copy.forgotten.addAll(forgotten);
        copy.keyed.addAll(keyed);
        return copy;
    }

    /// The months of which anything lies on it.
    public Set<TreatmentMonth> months() {
        return new MemoryRows().months();
    }

    /// From now on there is no space, or there is again.
    public void full(boolean isFull) {
        full = isFull;
    }

    /// From now on not even the reserve has space, or it has again.
    public void out(boolean isOut) {
        out = isOut;
    }

    /// Keeps a fact as a version does that pulls it and cannot read it: under a name made from its bytes.
    public void pullUnread(TreatmentMonth month, InstitutionCode clinic, byte[] fact) {
        UUID name = Ids.fromBytes(Arrays.copyOf(Digest.of(fact).bytes(), Ids.ID_BYTES));
        rows.put(Key.of(Key.FACT, month, clinic, name), EdgeStoreCodec.encode(new KeptFact(fact, false)));
    }

    private final class MemoryRows implements Rows {
        @Override
        public byte @Nullable [] get(Key key) {
            byte[] value = rows.get(key);
            return value == null ? null : value.clone();
        }

        @Override
        public void scan(@Nullable TreatmentMonth month, byte[] prefix, BiConsumer<Key, byte[]> row) {
            for (Map.Entry<Key, byte[]> each :
                    List.copyOf(rows.tailMap(new Key(prefix)).entrySet())) {
                if (!startsWith(each.getKey().bytes(), prefix)) {
                    return;
                }
                TreatmentMonth of = each.getKey().month();
                if (month == null ? of == null : month.equals(of)) {
                    row.accept(each.getKey(), each.getValue());
                }
            }
        }

        private static boolean startsWith(byte[] bytes, byte[] prefix) {
            return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
        }

        @Override
        public Set<TreatmentMonth> months() {
            Set<TreatmentMonth> months = new TreeSet<>();
            for (Key key : rows.keySet()) {
                TreatmentMonth month = key.month();
                if (month != null) {
                    months.add(month);
                }
            }
            return months;
        }

        @Override
        public void write(List<Row> changes) {
            if (out) {
                throw new StoreFullException("the disk is full and so is its reserve: make space on it");
            }
            if (full) {
                reserveHeld = false;
            }
            for (Row change : changes) {
                byte[] value = change.value();
                if (value == null) {
                    rows.remove(change.key());
                } else {
                    rows.put(change.key(), value.clone());
                    if (change.key().month() != null) {
                        keyed.add(change.key().clinic());
                    }
                }
            }
        }

        @Override
        public void forget(Set<TreatmentMonth> months) {
            rows.keySet().removeIf(key -> key.month() != null && months.contains(key.month()));
            forgotten.addAll(months);
        }

        @Override
        public void sweep() {}

        @Override
        public boolean forget(InstitutionCode clinic) {
            return keyed.remove(clinic);
        }

        @Override
        public boolean isForgotten(TreatmentMonth month) {
            return forgotten.contains(month);
        }

        @Override
        public boolean hasRoom() {
            reserveHeld |= !full;
            return reserveHeld;
        }

        @Override
        public StoreCondition condition() {
            return hasRoom() ? StoreCondition.HEALTHY : StoreCondition.FULL;
        }

        @Override
        public void close() {}
    }
}
