package jp.kakunin.hub.export;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.OTHER_CLINIC;
import static jp.kakunin.hub.testing.Sample.TODAY;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.codec.ExportFile;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Export;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.hub.exchange.ExchangeService;
import jp.kakunin.hub.exchange.ExchangeSettings;
import jp.kakunin.hub.fleet.DeviceRegister;
import jp.kakunin.hub.fleet.EnrolledDevice;
import jp.kakunin.hub.fleet.FileDeviceDirectory;
import jp.kakunin.hub.fleet.FleetView;
import jp.kakunin.hub.journal.MemoryJournal;
import jp.kakunin.hub.pki.CertificateAuthority;
import jp.kakunin.hub.pki.DeviceCertificate;
import jp.kakunin.hub.pki.KeyedCertificate;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.hub.testing.Steps;

/// A hub with one enrolled device of two clinics, and a hand that carries files to it.
final class ExportBench {
    final Sample sample = new Sample(7);
    final Steps steps = new Steps(NOW);
    final MemoryJournal journal = MemoryJournal.create(new Incarnation(new UUID(5, 5)), steps);
    final FleetView fleet = new FleetView();
    final DeviceId device = sample.ids.device();
    final KeyedCertificate certificate;
    final ExchangeService exchange;
    static final Instant END = Instant.parse("2049-01-01T00:00:00Z");

    private final Path folder;
    private final CertificateAuthority authority;
    private final SealedExports exports;
    private EnrolledDevice enrolled;

    ExportBench(Path folder) throws IOException {
        this(folder, ExchangeSettings.DEFAULT);
    }

    ExportBench(Path folder, ExchangeSettings settings) throws IOException {
        this.folder = folder;
        authority = CertificateAuthority.openOrMake(folder.resolve("ca"), new SecureRandom());
        certificate = authority.issue(device, END);
        enrolled = new EnrolledDevice(
                device,
                "reception",
                EnrolledDevice.State.ACTIVE,
                Set.of(CLINIC, OTHER_CLINIC),
                Set.of(),
                List.of(DeviceCertificate.fingerprint(certificate.certificate())),
                END,
                TODAY);
        register(enrolled);
        var directory = new FileDeviceDirectory(folder.resolve("clinics.csv"), folder.resolve("devices.csv"));
        exchange = new ExchangeService(
                settings,
                journal,
                directory,
                fleet,
                Sample.SEAL,
                Sample.NUMBERS,
                steps,
                new Random(1),
                List.of(steps),
                steps);
        exports = new SealedExports(
                journal, authority.certificate(), directory, exchange, fleet.counters(), steps, steps);
    }

    private void register(EnrolledDevice known) throws IOException {
        enrolled = known;
        new DeviceRegister(folder.resolve("devices.csv")).write(Map.of(known.id(), known));
    }

    void register(EnrolledDevice.State state) throws IOException {
        register(enrolled.as(state));
    }

    void speaksOnlyFor(InstitutionCode clinic) throws IOException {
        register(new EnrolledDevice(
                device, "reception", enrolled.state(), Set.of(clinic), Set.of(), enrolled.certificates(), END, TODAY));
    }

    KeyedCertificate enrolAgain() throws IOException {
        return enrolUntil(END);
    }

    KeyedCertificate enrolUntil(Instant end) throws IOException {
        KeyedCertificate next = authority.issue(device, end);
        register(new EnrolledDevice(
                device,
                "reception",
                enrolled.state(),
                enrolled.clinics(),
                Set.of(),
                List.of(DeviceCertificate.fingerprint(next.certificate())),
                end,
                TODAY));
        return next;
    }

    KeyPair keys(TreatmentMonth month) {
        return Objects.requireNonNull(journal.exportKeys(month));
    }

    byte[] file(Fact... facts) {
        return file(certificate, facts);
    }

    byte[] file(KeyedCertificate by, Fact... facts) {
        return seal(new Export(sample.ids.epoch(), sample.ids.instance(), NOW, List.of(stream(CLINIC, facts))), by);
    }

    byte[] seal(Export export, KeyedCertificate by) {
        return ExportFile.seal(export, MONTH, keys(MONTH).getPublic(), by.certificate(), by.key());
    }

    Epoch epochOf(byte[] file) {
        return ExportFile.read(file).open(keys(MONTH).getPrivate()).export().epoch();
    }

    static Export.Stream stream(InstitutionCode clinic, Fact... facts) {
        List<SentFact> sent = new ArrayList<>();
        for (Fact fact : facts) {
            boolean card = fact instanceof Fact.CheckRecorded check && check.evidence() instanceof Evidence.Card;
            sent.add(new SentFact(sent.size() + 1L, FactCodec.encode(fact), card ? Sample.EVIDENCE : null));
        }
        return new Export.Stream(clinic, sent);
    }

    ExportTaken take(byte[] file) throws ExportRefusedException {
        CompletableFuture<ExportTaken> taken = exports.take(file);
        steps.settle();
        for (int minutes = 0; minutes < 2 && !taken.isDone(); minutes++) {
            steps.advance(Duration.ofMinutes(1));
        }
        return taken.getNow(null);
    }
}
