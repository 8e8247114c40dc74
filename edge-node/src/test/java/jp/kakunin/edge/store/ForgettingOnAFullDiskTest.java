package jp.kakunin.edge.store;

import static jp.kakunin.edge.store.Facts.CLINIC;
import static jp.kakunin.edge.store.Facts.NOVEMBER;
import static jp.kakunin.edge.store.Facts.OCTOBER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.keys.ClinicKeys;
import jp.kakunin.keys.Vault;
import jp.kakunin.keys.VaultException;
import jp.kakunin.outbox.TooLate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// The disk becomes full in the middle of forgetting, at each thing that is written for it in turn.
class ForgettingOnAFullDiskTest {
    /// The mark, the drop, the new wrap, the new ring, the end of the mark.
    private static final int STEPS = 5;

    @TempDir
    private Path directory;

    private final TestKeys vault = new TestKeys();
    private final Room room = new Room();

    /// Otherwise the other tests would not reach each step.
    @Test
    void forgetting_writes_so_often() {
        try (FactStore store = filled()) {
            room.writes = 0;
            forget(store);
            assertThat(room.writes).isEqualTo(STEPS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void it_goes_on_when_there_is_room_again(int step) {
        try (FactStore store = filled()) {
            room.fullAfter(step);
            forget(store);
            assertThat(store.condition()).isEqualTo(StoreCondition.FULL);

            room.again();
            forget(store);
            assertForgotten(store);
        }
        try (FactStore store = open()) {
            assertForgotten(store);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void it_goes_on_at_the_next_start_also_when_that_finds_the_disk_full(int step) {
        try (FactStore store = filled()) {
            room.fullAfter(step);
            forget(store);
        }
        try (FactStore store = open()) {
            assertThat(store.facts(CLINIC, NOVEMBER)).hasSize(1);
            assertThat(store.condition()).isEqualTo(StoreCondition.FULL);
        }
        room.again();
        try (FactStore store = open()) {
            forget(store);
            assertForgotten(store);
        }
    }

    private FactStore filled() {
        FactStore store = open();
        store.record(List.of(
                Facts.withCard(Facts.check(1, OCTOBER, VisitKind.INITIAL, true)),
                Facts.withCard(Facts.check(2, OCTOBER, VisitKind.INITIAL, true)),
                Facts.withCard(Facts.check(3))));
        return store;
    }

    /// As the loop of an edge does it: what fails is tried again.
    private static void forget(FactStore store) {
        try {
            store.forget(OCTOBER, List.of(CLINIC), () -> new Epoch(new UUID(9, 9)));
        } catch (StoreFullException | VaultException _) {
            // Hidden meanwhile.
        }
    }

    private void assertForgotten(FactStore store) {
        assertThat(store.facts(CLINIC, OCTOBER)).isEmpty();
        assertThat(store.facts(CLINIC, NOVEMBER)).containsExactly(Facts.check(3));
        assertThat(store.tooLate(CLINIC)).isEqualTo(new TooLate(Map.of(OCTOBER, 2)));
        assertThat(store.condition()).isEqualTo(StoreCondition.HEALTHY);
        assertThat(vault.open().months().isDestroyed(OCTOBER)).isTrue();
        assertThat(vault.names())
                .filteredOn(name -> !name.startsWith("clinic-"))
                .hasSize(2);
    }

    private FactStore open() {
        return RocksFactStore.open(
                directory.resolve("store"), ClinicKeys.open(room, new SecureRandom()), Durability.SYNC, room);
    }

    /// One disk for the store and the keys, on which not even the reserve helps.
    private final class Room implements Disk, Vault {
        int writes;
        private int left = Integer.MAX_VALUE;

        void fullAfter(int more) {
            left = more;
        }

        void again() {
            left = Integer.MAX_VALUE;
        }

        private boolean isFull() {
            writes++;
            return left <= 0 || left-- <= 0;
        }

        private void use() throws RocksDBException {
            if (isFull()) {
                throw new RocksDBException(new Status(Status.Code.IOError, Status.SubCode.NoSpace, "full"));
            }
        }

        @Override
        public void write(RocksDB db, WriteOptions options, WriteBatch batch) throws RocksDBException {
            use();
            db.write(options, batch);
        }

        @Override
        public void drop(RocksDB db, ColumnFamilyHandle family) throws RocksDBException {
            use();
            db.dropColumnFamily(family);
        }

        @Override
        public long usableBytes(Path path) {
            return left <= 0 ? 0 : Long.MAX_VALUE;
        }

        @Override
        public Set<String> names() {
            return vault.names();
        }

        @Override
        public byte @Nullable [] read(String name) {
            return vault.read(name);
        }

        @Override
        public void write(String name, byte[] secret) {
            if (isFull()) {
                throw new VaultException("no space for the month keys");
            }
            vault.write(name, secret);
        }

        @Override
        public void destroy(String name) {
            vault.destroy(name);
        }
    }
}
