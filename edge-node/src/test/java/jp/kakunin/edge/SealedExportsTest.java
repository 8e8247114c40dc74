package jp.kakunin.edge;

import static jp.kakunin.edge.store.Facts.CLINIC;
import static jp.kakunin.edge.store.Facts.NOON;
import static jp.kakunin.edge.store.Facts.NOVEMBER;
import static jp.kakunin.edge.store.Facts.OTHER_CLINIC;
import static jp.kakunin.edge.store.Facts.check;
import static jp.kakunin.edge.store.Facts.envelope;
import static jp.kakunin.edge.store.Facts.later;
import static jp.kakunin.edge.store.Facts.withCard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.kakunin.codec.ExportFile;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.edge.desk.ExportReport;
import jp.kakunin.edge.desk.Outcome;
import jp.kakunin.edge.desk.Problem;
import jp.kakunin.edge.exchange.EdgeCore;
import jp.kakunin.edge.exchange.HubLink;
import jp.kakunin.edge.exchange.Sending;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.edge.store.MemoryDisk;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.exchange.Export;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Reply.Policy;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.outbox.LastHeard;
import jp.kakunin.outbox.Outbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SealedExportsTest {
    private static final Fact OTHER_CLINIC_CHECK =
            check(envelope(3, OTHER_CLINIC, NOVEMBER, false), 3, VisitKind.REPEAT, false);

    private final KeyPair november = newKeys();
    private final KeyPair october = newKeys();
    private final IdSource ids = new IdSource(() -> NOON, new Random(4));
    private final FactStore store = new MemoryDisk().open();
    private final EdgeCore core = newCore();
    private boolean started;

    @TempDir
    private Path identity;

    @TempDir
    private Path stick;

    @BeforeEach
    void enrol() throws IOException {
        for (String name : new String[] {"identity.properties", "device-key.pem", "device-cert.pem", "hub-ca.pem"}) {
            try (InputStream file = EdgeTest.class.getResourceAsStream("identity/" + name)) {
                Files.copy(Objects.requireNonNull(file), identity.resolve(name));
            }
        }
    }

    @AfterEach
    void stop() {
        core.close();
    }

    @Test
    void what_the_hub_has_not_acknowledged_is_sealed_by_month_with_its_evidence() throws IOException {
        hear(Map.of(NOVEMBER, november, NOVEMBER.previous(), october));
        record(withCard(check(1)), later(old(2)), later(OTHER_CLINIC_CHECK));

        ExportReport report = export();

        assertThat(report.files())
                .extracting(ExportReport.ExportedFile::month, ExportReport.ExportedFile::records)
                .containsExactly(tuple(NOVEMBER.previous(), 1), tuple(NOVEMBER, 2));
        assertThat(report.left()).isEmpty();
        Export opened = open(report.files().getLast(), november);
        assertThat(opened.writtenAt()).isEqualTo(NOON);
        assertThat(opened.streams())
                .containsExactly(
                        new Export.Stream(
                                CLINIC,
                                List.of(new SentFact(
                                        1,
                                        FactCodec.encode(check(1)),
                                        withCard(check(1)).attachment()))),
                        new Export.Stream(
                                OTHER_CLINIC, List.of(new SentFact(1, FactCodec.encode(OTHER_CLINIC_CHECK), null))));
    }

    @Test
    void P2_nothing_in_the_store_is_changed_by_it() throws IOException {
        hear(Map.of(NOVEMBER, november));
        record(withCard(check(1)), later(check(2, NOVEMBER, VisitKind.REPEAT, false)));
        Outbox outbox = Outbox.begin(ids.epoch()).number(check(1).id(), NOVEMBER, FactCodec.encode(check(1)));
        store.number(CLINIC, outbox);

        ExportReport first = export();
        ExportReport again = export();

        assertThat(store.outbox(CLINIC)).isEqualTo(outbox);
        assertThat(store.unacknowledged(CLINIC)).hasSize(2);
        assertThat(records(first)).isEqualTo(records(again)).isEqualTo(2);
        assertThat(open(first.files().getFirst(), november).epoch())
                .isNotEqualTo(open(again.files().getFirst(), november).epoch())
                .isNotEqualTo(outbox.epoch());
    }

    @Test
    void P5_name_and_bytes_tell_nobody_anything() throws IOException {
        hear(Map.of(NOVEMBER, november));
        record(withCard(check(1)));

        String name = export().files().getFirst().name();

        assertThat(name).matches("kakunin-2026-11-[0-9a-f]{12}\\.sealed");
        String bytes = new String(Files.readAllBytes(stick.resolve(name)), StandardCharsets.ISO_8859_1);
        assertThat(bytes).startsWith("KAKUNIN EXPORT 1").doesNotContain(CLINIC.digits());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stick.resolve(name))))
                .isEqualTo("rw-------");
        assertThat(files()).containsExactly(name);
    }

    @Test
    void P8_more_than_fits_goes_into_several_files_each_whole_by_itself() throws IOException {
        hear(Map.of(NOVEMBER, november));
        int facts = Limits.EXPORT_FACTS_MAX + 1;
        record(IntStream.rangeClosed(1, facts)
                .mapToObj(n -> later(check(n, NOVEMBER, VisitKind.REPEAT, false)))
                .toArray(NewFact[]::new));

        ExportReport report = export();

        assertThat(report.files())
                .extracting(ExportReport.ExportedFile::records)
                .containsExactly(Limits.EXPORT_FACTS_MAX, 1);
        for (ExportReport.ExportedFile file : report.files()) {
            assertThat(open(file, november)
                            .streams()
                            .getFirst()
                            .facts()
                            .getFirst()
                            .seq())
                    .isEqualTo(1);
        }
    }

    @Test
    void a_month_whose_key_never_came_is_left_and_told() {
        hear(Map.of(NOVEMBER, november));
        record(later(check(1)), later(old(2)));

        ExportReport report = export();

        assertThat(records(report)).isEqualTo(1);
        assertThat(report.left()).containsExactlyEntriesOf(new TreeMap<>(Map.of(NOVEMBER.previous(), 1)));
    }

    /// Its month may be wrong, and the hub sets it aside under the month of its receipt.
    @Test
    void what_a_doubtful_clock_dated_is_sealed_to_this_month() throws IOException {
        hear(Map.of(NOVEMBER, november));
        Fact doubtful = check(envelope(1, CLINIC, NOVEMBER.previous().previous(), true), 1, VisitKind.REPEAT, false);
        record(later(doubtful));

        ExportReport report = export();

        assertThat(open(report.files().getFirst(), november).streams())
                .containsExactly(new Export.Stream(CLINIC, List.of(new SentFact(1, FactCodec.encode(doubtful), null))));
    }

    @Test
    void without_any_key_nothing_is_written() throws IOException {
        record(later(check(1)));

        assertThat(outcome(stick)).isEqualTo(Outcome.refused(Problem.EXPORT_WITHOUT_KEY));
        assertThat(files()).isEmpty();
    }

    @Test
    void a_folder_that_is_not_there_is_not_made() {
        assertThat(outcome(stick.resolve("not-plugged-in"))).isEqualTo(Outcome.refused(Problem.EXPORT_FOLDER_UNUSABLE));
        assertThat(outcome(Path.of("relative"))).isEqualTo(Outcome.refused(Problem.EXPORT_FOLDER_UNUSABLE));
        assertThat(stick.resolve("not-plugged-in")).doesNotExist();
    }

    @Test
    void with_nothing_unsent_there_is_no_file() throws IOException {
        hear(Map.of(NOVEMBER, november));

        assertThat(export().files()).isEmpty();
        assertThat(files()).isEmpty();
    }

    private static Fact old(int n) {
        return check(n, NOVEMBER.previous(), VisitKind.REPEAT, false);
    }

    private void hear(Map<TreatmentMonth, KeyPair> keys) {
        var known = new TreeMap<TreatmentMonth, PublicKey>();
        keys.forEach((month, pair) -> known.put(month, pair.getPublic()));
        store.heard(new LastHeard(
                new Incarnation(new UUID(1, 1)), NOON, new Policy(Duration.ofMinutes(5), "0.1.0", known)));
    }

    private void record(NewFact... facts) {
        store.record(List.of(facts));
    }

    private EdgeCore newCore() {
        return new EdgeCore(
                List.of(CLINIC, OTHER_CLINIC),
                store,
                new NoHub(),
                () -> NOON,
                () -> Duration.ofHours(1),
                new Random(1),
                "0.1.0");
    }

    private static int records(ExportReport report) {
        return report.files().stream()
                .mapToInt(ExportReport.ExportedFile::records)
                .sum();
    }

    private ExportReport export() {
        return switch (outcome(stick)) {
            case Outcome.Done<ExportReport>(ExportReport report) -> report;
            case Outcome.Refused<ExportReport>(Problem problem) -> throw new AssertionError(problem);
        };
    }

    private Outcome<ExportReport> outcome(Path folder) {
        if (!started) {
            core.start();
            started = true;
        }
        return new SealedExports(core, () -> EdgeIdentity.read(identity), ids)
                .to(folder)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private Export open(ExportReport.ExportedFile file, KeyPair keys) throws IOException {
        ExportFile sealed = ExportFile.read(Files.readAllBytes(stick.resolve(file.name())));
        assertThat(sealed.month()).isEqualTo(file.month());
        assertThat(sealed.isSealedTo(keys.getPublic())).isTrue();
        ExportFile.Opened opened = sealed.open(keys.getPrivate());
        assertThat(opened.certificate()).isEqualTo(EdgeIdentity.read(identity).certificate());
        return opened.export();
    }

    private List<String> files() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(stick)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }

    private static KeyPair newKeys() {
        try {
            return KeyPairGenerator.getInstance("X25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class NoHub implements HubLink {
        @Override
        public void send(Sending sending, Listener listener) {}

        @Override
        public void hangUp() {}

        @Override
        public void close() {}
    }
}
