package jp.kakunin.edge.store;

import static jp.kakunin.edge.store.Facts.CLINIC;
import static jp.kakunin.edge.store.Facts.NOVEMBER;
import static jp.kakunin.edge.store.Facts.check;
import static jp.kakunin.edge.store.Facts.withCard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.kakunin.keys.ClinicKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

class RocksFactStoreFullTest {
    @TempDir
    Path directory;

    private final ClinicKeys keys = TestKeys.fresh();

    @Test
    void what_was_begun_is_recorded_from_the_reserve_and_the_next_check_is_refused() {
        FullDisk disk = new FullDisk();
        try (FactStore store = RocksFactStore.open(directory.resolve("store"), keys, Durability.SYNC, disk)) {
            store.record(List.of(withCard(check(1))));
            disk.full = true;
            store.record(List.of(withCard(check(2))));
            assertThat(store.condition()).isEqualTo(StoreCondition.FULL);
            assertThatThrownBy(() -> store.record(List.of(withCard(check(3))))).isInstanceOf(StoreFullException.class);
            assertThat(store.facts(CLINIC, NOVEMBER)).containsExactly(check(1), check(2));
        }
    }

    @Test
    void with_space_again_checks_are_taken_again() {
        FullDisk disk = new FullDisk();
        try (FactStore store = RocksFactStore.open(directory.resolve("store"), keys, Durability.SYNC, disk)) {
            disk.full = true;
            store.record(List.of(withCard(check(1))));
            disk.full = false;
            assertThat(store.condition()).isEqualTo(StoreCondition.HEALTHY);
            store.record(List.of(withCard(check(2))));
            assertThat(store.condition()).isEqualTo(StoreCondition.HEALTHY);
            assertThat(store.facts(CLINIC, NOVEMBER)).containsExactly(check(1), check(2));
        }
    }

    @Test
    void when_even_the_reserve_does_not_help_nothing_is_recorded() {
        FullDisk disk = new FullDisk();
        try (FactStore store = RocksFactStore.open(directory.resolve("store"), keys, Durability.SYNC, disk)) {
            disk.full = true;
            disk.reserveHelps = false;
            assertThatThrownBy(() -> store.record(List.of(withCard(check(1))))).isInstanceOf(StoreFullException.class);
            assertThat(store.facts(CLINIC, NOVEMBER)).isEmpty();
            assertThat(store.unsent(CLINIC)).isEmpty();
        }
    }

    /// Has space only while the reserve is given up.
    private final class FullDisk implements Disk {
        boolean full;
        boolean reserveHelps = true;

        @Override
        public void write(RocksDB db, WriteOptions options, WriteBatch batch) throws RocksDBException {
            if (full && !(reserveHelps && Files.notExists(directory.resolve("reserve")))) {
                throw new RocksDBException(new Status(Status.Code.IOError, Status.SubCode.NoSpace, "full"));
            }
            db.write(options, batch);
        }

        @Override
        public void drop(RocksDB db, ColumnFamilyHandle family) throws RocksDBException {
            db.dropColumnFamily(family);
        }

        @Override
        public long usableBytes(Path path) {
            return full ? 0 : Long.MAX_VALUE;
        }
    }
}
