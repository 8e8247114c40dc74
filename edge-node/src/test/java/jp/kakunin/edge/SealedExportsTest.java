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

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import jp.kakunin.codec.ExportFile;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.edge.desk.Exportable;
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
    private Instant now = NOON;
    private final EdgeCore core = newCore();
    private final NavigableMap<String, byte[]> files = new TreeMap<>();
    private boolean started;

    @TempDir
    private Path identity;

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
    void what_the_hub_has_not_acknowledged_is_sealed_by_month_with_its_evidence() {
        hear(Map.of(NOVEMBER, november, NOVEMBER.previous(), october));
        record(withCard(check(1)), later(old(2)), later(OTHER_CLINIC_CHECK));

        Exportable exported = export();

        assertThat(exported.records())
                .containsExactlyEntriesOf(new TreeMap<>(Map.of(NOVEMBER.previous(), 1, NOVEMBER, 2)));
        assertThat(files.keySet())
                .extracting(name -> name.substring(0, 16))
                .containsExactly("kakunin-2026-10-", "kakunin-2026-11-");
        Export opened = open(files.lastEntry().getKey(), november);
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
    void P2_nothing_in_the_store_is_changed_by_it() {
        hear(Map.of(NOVEMBER, november));
        record(withCard(check(1)), later(check(2, NOVEMBER, VisitKind.REPEAT, false)));
        Outbox outbox = Outbox.begin(ids.epoch()).number(check(1).id(), NOVEMBER, FactCodec.encode(check(1)));
        store.number(CLINIC, outbox);

        Exportable first = export();
        Exportable again = export();

        assertThat(store.outbox(CLINIC)).isEqualTo(outbox);
        assertThat(store.unacknowledged(CLINIC)).hasSize(2);
        assertThat(first).isEqualTo(again);
        assertThat(files).hasSize(2);
        assertThat(open(files.firstEntry().getKey(), november).epoch())
                .isNotEqualTo(open(files.lastEntry().getKey(), november).epoch())
                .isNotEqualTo(outbox.epoch());
    }

    @Test
    void P5_name_and_bytes_tell_nobody_anything() {
        hear(Map.of(NOVEMBER, november));
        record(withCard(check(1)));

        export();

        assertThat(files).hasSize(1);
        assertThat(files.firstEntry().getKey()).matches("kakunin-2026-11-[0-9a-f]{12}\\.sealed");
        assertThat(new String(files.firstEntry().getValue(), StandardCharsets.ISO_8859_1))
                .startsWith("KAKUNIN EXPORT 1")
                .doesNotContain(CLINIC.digits());
    }

    @Test
    void P8_more_than_fits_goes_into_several_files_each_whole_by_itself() {
        hear(Map.of(NOVEMBER, november));
        int facts = Limits.EXPORT_FACTS_MAX + 1;
        record(IntStream.rangeClosed(1, facts)
                .mapToObj(n -> later(check(n, NOVEMBER, VisitKind.REPEAT, false)))
                .toArray(NewFact[]::new));

        export();

        List<List<SentFact>> sealed = files.keySet().stream()
                .map(name -> open(name, november).streams().getFirst().facts())
                .toList();
        assertThat(sealed).extracting(List::size).containsExactlyInAnyOrder(Limits.EXPORT_FACTS_MAX, 1);
        assertThat(sealed).allSatisfy(each -> assertThat(each.getFirst().seq()).isEqualTo(1));
    }

    /// Its reader may be a browser whose stick hangs.
    @Test
    void P8_a_reader_that_stands_still_is_given_up_and_blocks_no_other() {
        hear(Map.of(NOVEMBER, november));
        record(later(check(1)));
        start();

        var exports = new SealedExports(core, () -> EdgeIdentity.read(identity), ids, Duration.ofMillis(50));
        assertThat(exports.to((_, _) -> new CompletableFuture<>()))
                .succeedsWithin(1, TimeUnit.MINUTES)
                .isEqualTo(Outcome.refused(Problem.EXPORT_INCOMPLETE));

        assertThat(exports.to(this::take)).succeedsWithin(1, TimeUnit.MINUTES).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void two_at_once_are_refused() {
        hear(Map.of(NOVEMBER, november));
        record(later(check(1)));
        start();
        CompletableFuture<Void> reading = new CompletableFuture<>();

        SealedExports exports = exports();
        CompletableFuture<Outcome<Exportable>> first = exports.to((_, _) -> reading);
        assertThat(exports.to(this::take).join()).isEqualTo(Outcome.refused(Problem.EXPORT_ALREADY));
        reading.complete(null);

        assertThat(first).succeedsWithin(1, TimeUnit.MINUTES).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void a_month_whose_key_never_came_is_left_and_told() {
        hear(Map.of(NOVEMBER, november));
        record(later(check(1)), later(old(2)));

        Exportable exported = export();

        assertThat(exported.records()).containsOnlyKeys(NOVEMBER);
        assertThat(exported.withoutKey()).containsExactlyEntriesOf(new TreeMap<>(Map.of(NOVEMBER.previous(), 1)));
        assertThat(exported.tooLate()).isEmpty();
    }

    /// A PC that was off while its month closed hides it by its own clock, and has not forgotten it yet.
    @Test
    void what_is_left_of_a_closed_month_alone_is_told_as_too_late() {
        hear(NOVEMBER.closedFrom().minus(Duration.ofDays(2)), Map.of(NOVEMBER, november));
        record(later(check(1)));
        now = NOVEMBER.closedFrom();
        try (EdgeCore started = newCore()) {
            started.start();
            SealedExports exports =
                    new SealedExports(started, () -> EdgeIdentity.read(identity), ids, SealedExports.TAKE_SECONDS_MAX);

            assertThat(exports.to(this::take))
                    .succeedsWithin(1, TimeUnit.MINUTES)
                    .isEqualTo(Outcome.refused(Problem.EXPORT_TOO_LATE));
            assertThat(exports.exportable().join().tooLate())
                    .containsExactlyEntriesOf(new TreeMap<>(Map.of(NOVEMBER, 1)));
        }
        assertThat(files).isEmpty();
    }

    /// Its month may be wrong, and the hub sets it aside under the month of its receipt.
    @Test
    void what_a_doubtful_clock_dated_is_sealed_to_this_month() {
        hear(Map.of(NOVEMBER, november));
        Fact doubtful = check(envelope(1, CLINIC, NOVEMBER.previous().previous(), true), 1, VisitKind.REPEAT, false);
        record(later(doubtful));

        export();

        assertThat(open(files.firstEntry().getKey(), november).streams())
                .containsExactly(new Export.Stream(CLINIC, List.of(new SentFact(1, FactCodec.encode(doubtful), null))));
    }

    @Test
    void without_any_key_there_is_no_file() {
        record(later(check(1)));

        assertThat(outcome()).isEqualTo(Outcome.refused(Problem.EXPORT_WITHOUT_KEY));
        assertThat(files).isEmpty();
    }

    @Test
    void with_nothing_unsent_there_is_no_file() {
        hear(Map.of(NOVEMBER, november));

        assertThat(outcome()).isEqualTo(Outcome.refused(Problem.EXPORT_NOTHING));
        assertThat(files).isEmpty();
    }

    private static Fact old(int n) {
        return check(n, NOVEMBER.previous(), VisitKind.REPEAT, false);
    }

    private void hear(Map<TreatmentMonth, KeyPair> keys) {
        hear(NOON, keys);
    }

    private void hear(Instant hubTime, Map<TreatmentMonth, KeyPair> keys) {
        var known = new TreeMap<TreatmentMonth, PublicKey>();
        keys.forEach((month, pair) -> known.put(month, pair.getPublic()));
        store.heard(new LastHeard(
                new Incarnation(new UUID(1, 1)), hubTime, new Policy(Duration.ofMinutes(5), "0.1.0", known)));
    }

    private void record(NewFact... facts) {
        store.record(List.of(facts));
    }

    private EdgeCore newCore() {
        return new EdgeCore(
                List.of(CLINIC, OTHER_CLINIC),
                store,
                new NoHub(),
                () -> now,
                () -> Duration.ofHours(1),
                new Random(1),
                "0.1.0");
    }

    private Exportable export() {
        return switch (outcome()) {
            case Outcome.Done<Exportable>(Exportable exported) -> exported;
            case Outcome.Refused<Exportable>(Problem problem) -> throw new AssertionError(problem);
        };
    }

    private Outcome<Exportable> outcome() {
        start();
        return exports().to(this::take).orTimeout(60, TimeUnit.SECONDS).join();
    }

    private SealedExports exports() {
        return new SealedExports(core, () -> EdgeIdentity.read(identity), ids, SealedExports.TAKE_SECONDS_MAX);
    }

    private CompletableFuture<Void> take(String name, byte[] sealed) {
        files.put(name, sealed);
        return CompletableFuture.completedFuture(null);
    }

    private void start() {
        if (!started) {
            core.start();
            started = true;
        }
    }

    private Export open(String name, KeyPair keys) {
        ExportFile sealed = ExportFile.read(Objects.requireNonNull(files.get(name)));
        assertThat(name).contains(sealed.month().toString());
        assertThat(sealed.isSealedTo(keys.getPublic())).isTrue();
        ExportFile.Opened opened = sealed.open(keys.getPrivate());
        assertThat(opened.certificate()).isEqualTo(EdgeIdentity.read(identity).certificate());
        return opened.export();
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
        public void renewed(EdgeIdentity identity) {}

        @Override
        public void hangUp() {}

        @Override
        public void close() {}
    }
}
