package jp.kakunin.hub.export;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.OTHER_CLINIC;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import jp.kakunin.codec.ExportFile;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.CheckRecorded;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.DeviceReport;
import jp.kakunin.exchange.DeviceReport.ReaderCondition;
import jp.kakunin.exchange.Export;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.Tally;
import jp.kakunin.hub.exchange.ExchangeSettings;
import jp.kakunin.hub.export.ExportRefusedException.Reason;
import jp.kakunin.hub.fleet.Counters.Event;
import jp.kakunin.hub.fleet.Counters.Fate;
import jp.kakunin.hub.fleet.EnrolledDevice;
import jp.kakunin.hub.journal.MemoryJournal;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.pki.CertificateAuthority;
import jp.kakunin.hub.pki.KeyedCertificate;
import jp.kakunin.journal.StreamId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SealedExportsTest {
    @TempDir
    private Path folder;

    private ExportBench bench;

    @BeforeEach
    void enrol() throws IOException {
        bench = new ExportBench(folder);
    }

    @Test
    void what_was_carried_is_stored_with_its_evidence_and_asked_about() throws Exception {
        CheckRecorded card = card();

        ExportTaken taken = bench.take(bench.file(card, deferred()));

        assertThat(taken.month()).isEqualTo(MONTH);
        assertThat(taken.device()).isEqualTo(bench.device);
        assertThat(taken.streams()).containsExactly(new StreamTaken(CLINIC, 2, 2, new Tally(2, 0, 0, 0, 0), null));
        assertThat(bench.journal.attachment(CLINIC, MONTH, card.check())).isNotNull();
        assertThat(bench.journal.questions(null, 9)).hasSize(1);
        assertThat(bench.fleet.devices())
                .as("nothing is known of how the device is now")
                .isEmpty();
    }

    @Test
    void P2_a_file_imported_again_changes_nothing_and_tells_the_same() throws Exception {
        byte[] file = bench.file(card(), deferred());
        bench.take(file);

        ExportTaken again = bench.take(file);

        assertThat(again.streams()).containsExactly(new StreamTaken(CLINIC, 2, 0, new Tally(2, 0, 0, 0, 0), null));
        assertThat(bench.journal.read(CLINIC, MONTH, 0, 9)).hasSize(2);
    }

    @Test
    void P2_what_comes_over_the_line_as_well_is_held() throws Exception {
        Fact both = deferred();
        bench.take(bench.file(both, card()));

        StreamReply reply = overTheLine(both);

        assertThat(reply)
                .isInstanceOfSatisfying(
                        StreamReply.Acknowledged.class,
                        acknowledged -> assertThat(acknowledged.tally()).isEqualTo(new Tally(0, 1, 0, 0, 0)));
        assertThat(bench.journal.read(CLINIC, MONTH, 0, 9)).hasSize(2);
    }

    @Test
    void P2_what_came_over_the_line_before_is_held_in_the_file() throws Exception {
        Fact both = deferred();
        overTheLine(both);

        assertThat(bench.take(bench.file(both, card())).streams())
                .containsExactly(new StreamTaken(CLINIC, 2, 2, new Tally(1, 1, 0, 0, 0), null));
    }

    @Test
    void P10_the_stream_of_a_file_adds_up() throws Exception {
        byte[] file = bench.file(
                deferred(), bench.sample.deferred(bench.sample.ids.patient(), TODAY.plusDays(9)), oldVisit());

        ExportTaken taken = bench.take(file);

        assertThat(taken.streams().getFirst().tally()).isEqualTo(new Tally(1, 0, 0, 1, 1));
        var stream =
                Objects.requireNonNull(bench.journal.stream(new StreamId(bench.device, bench.epochOf(file), CLINIC)));
        assertThat(stream.tally().sum()).isEqualTo(stream.position().seq()).isEqualTo(3);
        assertThat(bench.fleet.counters().received()).isEqualTo(3);
    }

    @Test
    void each_clinic_has_a_stream_of_its_own() throws Exception {
        Fact other = bench.sample.deferredAt(OTHER_CLINIC, bench.sample.ids.patient(), TODAY);
        byte[] file = bench.seal(
                new Export(
                        bench.sample.ids.epoch(),
                        bench.sample.ids.instance(),
                        NOW,
                        List.of(ExportBench.stream(CLINIC, deferred()), ExportBench.stream(OTHER_CLINIC, other))),
                bench.certificate);

        assertThat(bench.take(file).streams())
                .extracting(StreamTaken::clinic, StreamTaken::now)
                .containsExactly(tuple(CLINIC, 1), tuple(OTHER_CLINIC, 1));
    }

    @Test
    void P8_many_facts_go_in_several_batches() throws Exception {
        Fact[] facts =
                bench.sample.references(bench.sample.ids.patient(), 1_200).toArray(Fact[]::new);

        assertThat(bench.take(bench.file(facts)).streams())
                .containsExactly(new StreamTaken(CLINIC, 1_200, 1_200, new Tally(1_200, 0, 0, 0, 0), null));
        assertThat(bench.fleet.counters().events(Event.COMMIT)).isEqualTo(3);
    }

    @Test
    void P8_a_hub_that_stays_busy_says_so_and_the_file_can_come_again() throws Exception {
        ExportBench crowded = new ExportBench(
                folder, new ExchangeSettings(1, 0, 1, 1, 5, Duration.ofSeconds(2), Reply.Policy.DEFAULT));

        ExportTaken taken = crowded.take(crowded.file(card()));

        assertThat(taken.streams()).singleElement().satisfies(stream -> {
            assertThat(stream.now()).isZero();
            assertThat(stream.stopped()).contains("busy").contains("import the file again");
        });
    }

    @Test
    void P6_one_record_that_cannot_be_decided_about_does_not_stop_those_before_it() throws Exception {
        Fact bad = deferred();
        bench.journal.damage(PatientMonth.of(bad.envelope()));

        ExportTaken taken = bench.take(bench.file(deferred(), deferred(), bad, deferred()));

        assertThat(taken.streams()).singleElement().satisfies(stream -> {
            assertThat(stream.now()).isEqualTo(2);
            assertThat(stream.tally()).isEqualTo(new Tally(2, 0, 0, 0, 0));
            assertThat(stream.stopped()).startsWith("record 3 cannot be decided about");
        });
    }

    @Test
    void P5_P7_a_revoked_device_is_quarantined_a_stolen_one_believed_nothing_until_it_is_back() throws Exception {
        bench.register(EnrolledDevice.State.REVOKED);
        ExportTaken revoked = bench.take(bench.file(deferred()));

        assertThat(revoked.state()).isEqualTo(EnrolledDevice.State.REVOKED);
        assertThat(revoked.streams().getFirst().tally()).isEqualTo(new Tally(0, 0, 0, 1, 0));
        assertThat(bench.fleet.counters().facts(Fate.STORED)).isZero();

        byte[] file = bench.file(deferred());
        bench.register(EnrolledDevice.State.STOLEN);
        assertRefused(file, Reason.DEVICE_STOLEN);
        bench.register(EnrolledDevice.State.ACTIVE);
        assertThat(bench.take(file).streams().getFirst().tally().stored()).isEqualTo(1);
    }

    @Test
    void P5_a_clinic_that_is_not_the_devices_is_refused_by_name() throws Exception {
        byte[] file = bench.file(deferred());
        bench.speaksOnlyFor(OTHER_CLINIC);

        assertThat(bench.take(file).streams()).singleElement().satisfies(stream -> {
            assertThat(stream.now()).isZero();
            assertThat(stream.stopped()).contains("devices.csv does not name this clinic");
        });
    }

    @Test
    void P5_a_certificate_that_is_unknown_or_was_replaced_is_refused() throws Exception {
        byte[] old = bench.file(deferred());
        bench.enrolAgain();
        assertRefused(old, Reason.DEVICE_UNKNOWN);

        var stranger = CertificateAuthority.openOrMake(folder.resolve("other"), new SecureRandom());
        assertRefused(bench.file(stranger.issue(bench.device, ExportBench.END), deferred()), Reason.DEVICE_UNKNOWN);
        assertThat(bench.fleet.counters().received()).isZero();
    }

    @Test
    void P5_a_certificate_that_has_ended_is_refused_as_such() throws Exception {
        KeyedCertificate ended = bench.enrolUntil(NOW.plusSeconds(60));
        byte[] file = bench.file(ended, deferred());
        bench.steps.advance(Duration.ofMinutes(2));

        assertRefused(file, Reason.CERTIFICATE_EXPIRED);
        assertThat(bench.fleet.counters().received()).isZero();
    }

    @Test
    void P4_after_the_close_the_file_tells_nothing_to_anybody() throws Exception {
        byte[] file = bench.file(card());
        assertThat(bench.take(file).streams())
                .singleElement()
                .satisfies(stream -> assertThat(stream.now()).isOne());

        bench.steps.advance(Duration.between(NOW, MONTH.closedFrom()));
        assertRefused(file, Reason.MONTH_FORGOTTEN);
        var closing = bench.journal.closeMonth(MONTH);
        bench.steps.settle();
        closing.join();

        assertThat(bench.journal.exportKeys(MONTH)).isNull();
        assertRefused(file, Reason.MONTH_FORGOTTEN);
    }

    @Test
    void an_export_for_another_hub_is_refused() throws Exception {
        var other = MemoryJournal.create(new Incarnation(new UUID(6, 6)), Runnable::run);
        var keys = Objects.requireNonNull(other.exportKeys(MONTH));
        byte[] file = ExportFile.seal(
                new Export(
                        bench.sample.ids.epoch(),
                        bench.sample.ids.instance(),
                        NOW,
                        List.of(ExportBench.stream(CLINIC, deferred()))),
                MONTH,
                keys.getPublic(),
                bench.certificate.certificate(),
                bench.certificate.key());

        assertRefused(file, Reason.OTHER_HUB);
    }

    @Test
    void what_is_no_export_or_too_large_is_said_so() {
        assertRefused(new byte[0], Reason.NOT_AN_EXPORT);
        assertRefused("%PDF-1.7 something else".getBytes(StandardCharsets.UTF_8), Reason.NOT_AN_EXPORT);
        byte[] large = Arrays.copyOf(bench.file(deferred()), Limits.EXPORT_BYTES_MAX + 1);
        assertRefused(large, Reason.TOO_LARGE);
    }

    @Test
    void a_file_cut_off_anywhere_is_refused() {
        byte[] file = bench.file(card());
        for (int length = 0; length < file.length; length++) {
            assertRefused(Arrays.copyOf(file, length), length < 16 ? Reason.NOT_AN_EXPORT : Reason.DAMAGED);
        }
        assertRefused(Arrays.copyOf(file, file.length + 1), Reason.DAMAGED);
    }

    @Test
    void a_file_changed_anywhere_is_refused() {
        byte[] file = bench.file(card());
        Set<Reason> reasons =
                EnumSet.of(Reason.NOT_AN_EXPORT, Reason.DAMAGED, Reason.OTHER_HUB, Reason.MONTH_FORGOTTEN);
        for (int at = 0; at < file.length; at++) {
            byte[] changed = file.clone();
            changed[at] ^= 1;
            assertThatExceptionOfType(ExportRefusedException.class)
                    .as("byte %d", at)
                    .isThrownBy(() -> bench.take(changed))
                    .satisfies(refused -> assertThat(reasons).contains(refused.reason()));
        }
        assertThat(bench.fleet.counters().received()).isZero();
    }

    @Test
    void a_signature_by_another_key_is_refused() throws Exception {
        Export export = new Export(
                bench.sample.ids.epoch(),
                bench.sample.ids.instance(),
                NOW,
                List.of(ExportBench.stream(CLINIC, deferred())));

        assertRefused(
                ExportFile.seal(
                        export, MONTH, bench.keys(MONTH).getPublic(), bench.certificate.certificate(), foreignKey()),
                Reason.DAMAGED);
    }

    private static PrivateKey foreignKey() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair().getPrivate();
    }

    private StreamReply overTheLine(Fact fact) {
        var sent = ExportBench.stream(CLINIC, fact).facts();
        var batch = new Batch(CLINIC, bench.sample.ids.epoch(), StreamPosition.START, sent, false, Backlog.NONE);
        var report = new DeviceReport(NOW, Duration.ofHours(1), "0.1.0", ReaderCondition.EMPTY, null);
        var reply = bench.exchange.handle(
                bench.device, new Request.Push(bench.sample.ids.instance(), report, List.of(batch)));
        bench.steps.settle();
        return ((Reply.Pushed) reply.join().body()).streams().getFirst();
    }

    private void assertRefused(byte[] file, Reason reason) {
        assertThatExceptionOfType(ExportRefusedException.class)
                .as("%d bytes", file.length)
                .isThrownBy(() -> bench.take(file))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private CheckRecorded card() {
        return bench.sample.card(bench.sample.ids.patient(), TODAY);
    }

    private CheckRecorded deferred() {
        return bench.sample.deferred(bench.sample.ids.patient(), TODAY);
    }

    private CheckRecorded oldVisit() {
        return bench.sample.deferred(bench.sample.ids.patient(), TODAY.minusMonths(2));
    }
}
