package jp.kakunin.hub.journal;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.hub.erasure.Receipts;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.journal.ClosedMonth;
import jp.kakunin.journal.Summary;
import jp.kakunin.keys.MonthKeys;
import jp.kakunin.keys.Vault;
import jp.kakunin.keys.VaultException;
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

/// The hub's disk becomes full in the middle of forgetting, at each thing that is written for it in turn. A hub that
/// cannot write ends; one that is started again when there is room goes on.
final class ForgettingOnAFullDiskTest {
    /// The mark that hides, what is left of the month, the drop, the new wrap, the new ring.
    private static final int STEPS = 5;

    @TempDir
    private Path hub;

    private final Sample sample = new Sample(8);
    private final FullDisk disk = new FullDisk();

    @Test
    void forgetting_writes_so_often() throws Exception {
        try (RocksJournal journal = filled()) {
            disk.writes = 0;
            assertThat(journal.closeMonth(MONTH)).succeedsWithin(30, TimeUnit.SECONDS);
            assertThat(disk.writes).isEqualTo(STEPS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void it_is_finished_after_the_next_start_with_room_and_gets_one_receipt(int step) throws Exception {
        KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Receipts receipts = new Receipts(hub.resolve("erasures.jsonl"));
        try (RocksJournal journal = filled()) {
            disk.fullAfter(step);
            assertThat(journal.closeMonth(MONTH)).failsWithin(30, TimeUnit.SECONDS);
            // Nothing is told of it while it is not done.
            assertThat(journal.closedMonths()).isEmpty();
            if (step > 0) {
                assertThat(journal.closedThrough()).isEqualTo(MONTH);
                assertThat(journal.read(CLINIC, MONTH, 0, 10)).isEmpty();
            }
        }
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageNotContaining("damage");

        disk.again();
        for (int start = 0; start < 2; start++) {
            try (RocksJournal journal = open()) {
                assertThat(journal.closeMonth(MONTH)).succeedsWithin(30, TimeUnit.SECONDS);
                assertThat(journal.read(CLINIC, MONTH, 0, 10)).isEmpty();
                List<ClosedMonth> closed = journal.closedMonths();
                assertThat(closed).singleElement().satisfies(left -> {
                    assertThat(left.facts()).isEqualTo(1);
                    assertThat(left.standings()).containsEntry("DEFERRED", 1L);
                });
                receipts.signedWith(key.getPrivate()).write(closed, NOW);
                assertThat(receipts.verified(key.getPublic())).hasSize(1);
            }
        }
    }

    private RocksJournal filled() throws Exception {
        RocksJournal journal = open();
        PatientId patient = sample.ids.patient();
        Fact.CheckRecorded fact = sample.deferred(patient, TODAY);
        VisitStanding visit = new VisitStanding(
                fact.visit(), patient, VisitKind.INITIAL, TODAY, new Standing.Deferred(), null, Set.of());
        assertThat(journal.commit(new Draft(CLINIC, journal.head(CLINIC))
                                .append(MONTH, NOW, null, FactCodec.encode(fact))
                                .summary(
                                        new PatientMonth(CLINIC, MONTH, patient),
                                        new Summary(List.of(FactCodec.encoded(fact)), List.of(visit)))
                                .commit())
                        .get(30, TimeUnit.SECONDS))
                .isInstanceOf(CommitResult.Committed.class);
        return journal;
    }

    private RocksJournal open() throws IOException {
        return RocksJournal.open(
                hub.resolve("store"),
                MonthKeys.open(disk, new SecureRandom()),
                Durability.SYNC,
                new Random(1),
                SyncObserver.NONE,
                disk);
    }

    /// One disk for the store and the keys.
    private final class FullDisk implements Room, Vault {
        int writes;
        private int left = Integer.MAX_VALUE;

        void fullAfter(int more) {
            left = more;
        }

        void again() {
            left = Integer.MAX_VALUE;
        }

        private synchronized boolean isFull() {
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

        private KeyFolder folder() {
            return new KeyFolder(hub.resolve("month-keys"));
        }

        @Override
        public Set<String> names() {
            return folder().names();
        }

        @Override
        public byte @Nullable [] read(String name) {
            return folder().read(name);
        }

        @Override
        public void write(String name, byte[] secret) {
            if (isFull()) {
                throw new VaultException("no space for the month keys");
            }
            folder().write(name, secret);
        }

        @Override
        public void destroy(String name) {
            folder().destroy(name);
        }
    }
}
