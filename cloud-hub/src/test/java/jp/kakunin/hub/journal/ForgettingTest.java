package jp.kakunin.hub.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jp.kakunin.codec.ExportFile;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.exchange.Export;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.hub.export.ExportRefusedException;
import jp.kakunin.hub.export.OpenedExport;
import jp.kakunin.hub.journal.Commit.AttachmentKey;
import jp.kakunin.hub.pki.CertificateAuthority;
import jp.kakunin.hub.pki.DeviceCertificate;
import jp.kakunin.hub.pki.KeyedCertificate;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.Summary;
import jp.kakunin.keys.MonthKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.WriteBatch;

/// P4: what the hub's disk, its backups and its keys still tell about a month that is closed.
class ForgettingTest {
    private static final int PATIENTS = 40;
    private static final String NAME = "Kakunin Tarou";

    @TempDir
    private Path hub;

    private final Sample sample = new Sample(1);
    private final List<PatientId> patients = new ArrayList<>();

    /// What somebody carries about.
    private byte[] export = new byte[0];

    @BeforeEach
    void fillTheMonthAndTakeABackup() throws Exception {
        try (RocksJournal journal = open(hub)) {
            for (int i = 0; i < PATIENTS; i++) {
                PatientId patient = sample.ids.patient();
                patients.add(patient);
                Fact.CheckRecorded fact = sample.deferred(patient, TODAY);
                byte[] encoded = FactCodec.encode(fact);
                VisitStanding visit = new VisitStanding(
                        fact.visit(), patient, VisitKind.INITIAL, TODAY, new Standing.Deferred(), null, Set.of());
                assertThat(journal.commit(new Draft(CLINIC, journal.head(CLINIC))
                                .append(MONTH, NOW, null, encoded)
                                .summary(
                                        new PatientMonth(CLINIC, MONTH, patient),
                                        new Summary(List.of(FactCodec.encoded(fact)), List.of(visit)))
                                .attach(new AttachmentKey(MONTH, fact.check()), (NAME + i).getBytes(UTF_8))
                                .setAside(new SetAside(
                                        CLINIC,
                                        MONTH,
                                        Digest.of(encoded),
                                        i + 1,
                                        (NAME + "x" + i).getBytes(UTF_8),
                                        (NAME + "y" + i).getBytes(UTF_8)))
                                .owe(new WorkItem(CLINIC, TODAY, fact.visit(), patient, VisitKind.INITIAL, "DEFERRED"))
                                .commit()))
                        .succeedsWithin(10, TimeUnit.SECONDS)
                        .isInstanceOf(CommitResult.Committed.class);
            }
            assertThat(facts(journal)).isEqualTo(PATIENTS);
            export = exportFor(journal);
            assertThat(factsIn(export, journal)).isEqualTo(1);
        }
        copy(hub.resolve("store"), hub.resolve("backup"));
    }

    @Test
    void P4_no_byte_that_is_left_tells_of_a_closed_month() throws Exception {
        close();
        try (RocksJournal journal = open(hub)) {
            assertThat(facts(journal)).isZero();
            assertThat(factsIn(export, journal)).isZero();
        }
        putBackupBack();
        try (RocksJournal journal = open(hub)) {
            assertThat(facts(journal)).isZero();
            assertThat(factsIn(export, journal)).isZero();
            assertThat(journal.closedThrough()).isEqualTo(MONTH);
        }
        assertThat(filesThatTell()).isEmpty();
    }

    /// The same look finds everything when the keys were not destroyed.
    @Test
    void P4_the_look_finds_what_there_is_while_the_keys_are_there() throws Exception {
        copy(hub.resolve("month-keys"), hub.resolve("kept-keys"));
        close();
        delete(hub.resolve("month-keys"));
        copy(hub.resolve("kept-keys"), hub.resolve("month-keys"));
        putBackupBack();
        try (RocksJournal journal = open(hub)) {
            assertThat(facts(journal)).isEqualTo(PATIENTS);
            assertThat(factsIn(export, journal)).isEqualTo(1);
        }
    }

    @Test
    void P4_even_a_backup_of_an_open_month_tells_nothing_without_the_keys() throws Exception {
        delete(hub.resolve("month-keys"));
        assertThatThrownBy(() -> open(hub))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the key of month " + MONTH + " is missing");
        assertThat(filesThatTell()).isEmpty();
    }

    @Test
    void forgetting_cut_off_at_any_step_is_finished_by_the_next_opening() throws Exception {
        try (RocksJournal journal = open(hub)) {
            var _ = journal.closeMonth(MONTH);
            // closed at once: hiding may be done, counting and destroying may not
        }
        try (RocksJournal journal = open(hub)) {
            if (journal.closedThrough() == null) {
                assertThat(facts(journal)).isEqualTo(PATIENTS);
            } else {
                assertThat(journal.closeMonth(MONTH)).succeedsWithin(10, TimeUnit.SECONDS);
                assertThat(journal.closedMonths())
                        .singleElement()
                        .satisfies(left -> assertThat(left.standings()).containsEntry("DEFERRED", (long) PATIENTS));
            }
        }
    }

    private void close() throws IOException {
        try (RocksJournal journal = open(hub)) {
            assertThat(journal.closeMonth(MONTH)).succeedsWithin(10, TimeUnit.SECONDS);
        }
    }

    private void putBackupBack() throws IOException {
        delete(hub.resolve("store"));
        copy(hub.resolve("backup"), hub.resolve("store"));
    }

    /// Files that hold a name or a patient's id as they are.
    private List<Path> filesThatTell() throws IOException {
        List<String> tales = new ArrayList<>(List.of(NAME));
        for (PatientId patient : patients) {
            tales.add(raw(ByteBuffer.allocate(16)
                    .putLong(patient.value().getMostSignificantBits())
                    .putLong(patient.value().getLeastSignificantBits())
                    .array()));
        }
        try (Stream<Path> files = Files.walk(hub)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> tales.stream().anyMatch(content(file)::contains))
                    .toList();
        }
    }

    private static String content(Path file) {
        try {
            return raw(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String raw(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static int facts(RocksJournal journal) {
        List<Summary> summaries = new ArrayList<>();
        journal.forEachSummary(CLINIC, MONTH, (_, summary) -> summaries.add(summary));
        int facts = journal.read(CLINIC, MONTH, 0, 10 * PATIENTS).size();
        assertThat(summaries).hasSize(facts);
        assertThat(journal.worklist(null, 10 * PATIENTS)).hasSize(facts);
        assertThat(journal.head(CLINIC))
                .satisfies(head ->
                        assertThat(head.tip(MONTH).equals(Head.Tip.START)).isEqualTo(facts == 0));
        return facts;
    }

    /// A sealed export as a device of this hub writes it.
    private byte[] exportFor(RocksJournal journal) throws IOException {
        KeyedCertificate device = CertificateAuthority.openOrMake(hub.resolve("ca"), new SecureRandom())
                .issue(sample.ids.device(), NOW.plus(DeviceCertificate.LIFE));
        byte[] fact = FactCodec.encode(sample.deferred(patients.getFirst(), TODAY));
        Export content = new Export(
                sample.ids.epoch(),
                sample.ids.instance(),
                NOW,
                List.of(new Export.Stream(CLINIC, List.of(new SentFact(1, fact, null)))));
        KeyPair keys = Objects.requireNonNull(journal.exportKeys(MONTH));
        return ExportFile.seal(content, MONTH, keys.getPublic(), device.certificate(), device.key());
    }

    private static int factsIn(byte[] export, RocksJournal journal) {
        try {
            return OpenedExport.of(export, journal, NOW)
                    .export()
                    .streams()
                    .getFirst()
                    .facts()
                    .size();
        } catch (ExportRefusedException _) {
            return 0;
        }
    }

    private static RocksJournal open(Path hub) throws IOException {
        MonthKeys keys = MonthKeys.open(new KeyFolder(hub.resolve("month-keys")), new SecureRandom());
        return RocksJournal.open(hub.resolve("store"), keys, Durability.SYNC, new Random(1));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void what_is_committed_meanwhile_takes_nothing_from_the_count() throws Exception {
        try (RocksJournal journal = open(hub)) {
            CompletableFuture<?> closing = journal.closeMonth(MONTH);
            do {
                assertThat(journal.commit(new Draft(CLINIC, journal.head(CLINIC))
                                .append(MONTH.next(), NOW, null, new byte[] {1})
                                .commit()))
                        .succeedsWithin(10, TimeUnit.SECONDS);
            } while (!closing.isDone());
            assertThat(closing).succeedsWithin(10, TimeUnit.SECONDS);
            assertThat(journal.closedMonths())
                    .singleElement()
                    .satisfies(left -> assertThat(left.facts()).isEqualTo(PATIENTS));
        }
    }

    @Test
    void a_damaged_row_does_not_keep_a_month_from_being_forgotten() throws Exception {
        MonthKeys keys = keys();
        try (Store store = new Store(hub.resolve("store/db"), Durability.SYNC, keys);
                WriteBatch batch = new WriteBatch()) {
            byte[] name = Keys.summary(CLINIC, new UUID(1, 1));
            store.stage(batch, new Row(MONTH, name, new byte[40]));
            store.write(batch);
        }
        try (RocksJournal journal = open(hub)) {
            assertThat(journal.closeMonth(MONTH)).succeedsWithin(10, TimeUnit.SECONDS);
            assertThat(journal.closedMonths())
                    .singleElement()
                    .satisfies(left -> assertThat(left.standings())
                            .isEqualTo(Map.of("DEFERRED", (long) PATIENTS, "UNREADABLE", 1L)));
        }
    }

    private MonthKeys keys() {
        return MonthKeys.open(new KeyFolder(hub.resolve("month-keys")), new SecureRandom());
    }
}
