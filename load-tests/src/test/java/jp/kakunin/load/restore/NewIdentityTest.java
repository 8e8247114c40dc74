package jp.kakunin.load.restore;

import static jp.kakunin.load.endtoend.Until.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.activation.Renewal;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.hub.Hub;
import jp.kakunin.hub.HubConfig;
import jp.kakunin.hub.HubWorld;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.disk.StillKeys;
import jp.kakunin.hub.enrolment.Enrolment;
import jp.kakunin.hub.exchange.ExchangeSettings;
import jp.kakunin.hub.fleet.DeviceRegister;
import jp.kakunin.hub.fleet.EnrolledDevice;
import jp.kakunin.hub.journal.JournalImage;
import jp.kakunin.journal.JournalEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A device keeps its store when its identity changes: a new device id, or a new certificate. Real hub, real TLS.
@Tag("long")
final class NewIdentityTest {
    private static final InstitutionCode CLINIC = new InstitutionCode("1380000016");
    private static final int VISITS = 12;

    @TempDir
    Path folder;

    private final LocalDate today = TreatmentMonth.dateAt(InstantSource.system().instant());
    private final Vertx vertx = Vertx.vertx();
    private Path site = Path.of(".");
    private Path data = Path.of(".");
    private Hub hub = newHub();

    @BeforeEach
    void name() {
        data = folder.resolve("hub");
        site = folder.resolve("reception");
    }

    @AfterEach
    void stop() {
        hub.stop();
        vertx.close().await();
    }

    @Test
    void P1_P2_what_was_unsent_under_the_old_identity_arrives_once_under_the_new_one() throws Exception {
        DeviceId old = enrol(Duration.ZERO, false);
        start();
        List<FactId> recorded = new ArrayList<>();
        try (Device device = new Device(vertx, site, CLINIC, today)) {
            device.record(VISITS);
            until("the hub has all", () -> device.unsent() == 0);
            hub.stop();
            device.record(VISITS);
            recorded.addAll(device.recorded);
        }

        DeviceId now = enrol(Duration.ZERO, true);
        assertThat(now).isNotEqualTo(old);
        assertThat(register().get(old)).extracting(EnrolledDevice::state).isEqualTo(EnrolledDevice.State.REVOKED);
        start();
        try (Device device = new Device(vertx, site, CLINIC, today)) {
            until("the hub has the rest", () -> device.unsent() == 0);
            device.record(1);
            recorded.addAll(device.recorded);
            until("and what comes after", () -> device.unsent() == 0);
            assertThat(device.facts()).extracting(Fact::id).containsAll(recorded);
        }
        hub.stop();

        assertThat(stored()).doesNotHaveDuplicates().containsAll(recorded);
    }

    /// What was unsent when the device was shut out: kept for the clinic to look at, or not believed. With a new
    /// identity it counts, because the office vouches for the device.
    @ParameterizedTest
    @EnumSource(
            value = EnrolledDevice.State.class,
            names = {"REVOKED", "STOLEN"})
    void what_a_shut_out_device_had_not_sent_counts_only_under_a_new_identity(EnrolledDevice.State state)
            throws Exception {
        DeviceId old = enrol(Duration.ZERO, false);
        List<FactId> recorded = new ArrayList<>();
        try (Device device = new Device(vertx, site, CLINIC, today)) {
            device.record(VISITS);
            recorded.addAll(device.recorded);
            state(old, state);
            start();
            until("the hub has answered", () -> device.isShutOut() && device.unsent() == 0);
        }
        hub.stop();
        assertThat(stored())
                .as("only the hub's own facts, that something was set aside")
                .hasSize(state == EnrolledDevice.State.REVOKED ? VISITS : 0)
                .doesNotContainAnyElementsOf(recorded);

        enrol(Duration.ZERO, true);
        start();
        try (Device device = new Device(vertx, site, CLINIC, today)) {
            device.record(1);
            recorded.addAll(device.recorded);
            until("all is taken", () -> device.unsent() == 0 && !device.isShutOut());
        }
        hub.stop();
        assertThat(stored()).doesNotHaveDuplicates().containsAll(recorded);
    }

    /// The other way round: revoked first, and noticed by the device before it is given the new identity.
    @Test
    void a_device_that_was_shut_out_reads_again_under_its_new_identity() throws Exception {
        DeviceId old = enrol(Duration.ZERO, false);
        start();
        try (Device device = new Device(vertx, site, CLINIC, today)) {
            device.record(VISITS);
            until("the hub has all", () -> device.unsent() == 0);
            state(old, EnrolledDevice.State.REVOKED);
            // Or it would hear of it only at the end of its long poll.
            hub.stop();
            start();
            until("the device hears of it", device::isShutOut);
            assertThat(device.facts()).isEmpty();
        }
        enrol(Duration.ZERO, true);
        try (Device device = new Device(vertx, site, CLINIC, today)) {
            until("the records are back", () -> device.facts().size() >= VISITS);
            assertThat(device.isShutOut()).isFalse();
        }
    }

    @Test
    void a_certificate_near_its_end_is_renewed_over_the_line_and_the_next_request_comes_with_the_new_one()
            throws Exception {
        DeviceId id = enrol(Duration.ofDays(300), false);
        start();
        Path identity = site.resolve("identity");
        EdgeIdentity before = EdgeIdentity.read(identity);
        Instant end = before.certificateEnd();
        try (Device device = new Device(vertx, site, CLINIC, today)) {
            device.record(1);
            until("the old certificate is good", () -> device.unsent() == 0);

            var _ = new Renewal(identity, InstantSource.system(), new SecureRandom(), device::renewed).look();

            EdgeIdentity after = EdgeIdentity.read(identity);
            assertThat(after.certificateEnd()).isAfter(end.plus(Duration.ofDays(200)));
            assertThat(before.deviceKey()).doesNotExist();
            assertThat(before.deviceCertificate()).doesNotExist();
            // From here on the hub takes nothing but the new certificate.
            Map<DeviceId, EnrolledDevice> devices = register();
            EnrolledDevice known = Objects.requireNonNull(devices.get(id));
            Digest renewed = Digest.of(after.certificate().getEncoded());
            assertThat(known.certificates()).hasSize(2).contains(renewed);
            devices.put(
                    id,
                    new EnrolledDevice(
                            id,
                            known.name(),
                            known.state(),
                            known.clinics(),
                            known.ended(),
                            List.of(renewed),
                            known.until(),
                            known.enrolled()));
            new DeviceRegister(new HubFolder(data).devices()).write(devices);
            device.record(VISITS);
            until("the new certificate is good", () -> device.unsent() == 0);
            assertThat(device.isShutOut()).isFalse();
        }
    }

    private void state(DeviceId device, EnrolledDevice.State state) throws IOException {
        Map<DeviceId, EnrolledDevice> devices = register();
        devices.computeIfPresent(device, (_, each) -> each.as(state));
        new DeviceRegister(new HubFolder(data).devices()).write(devices);
    }

    /// @param ago how long before now
    private DeviceId enrol(Duration ago, boolean again) throws Exception {
        var clinics = new TreeMap<InstitutionCode, String>();
        clinics.put(CLINIC, "a clinic");
        InstantSource then = () -> InstantSource.system().instant().minus(ago);
        return new Enrolment(new HubFolder(data), then, new SecureRandom())
                .enrol(new Enrolment.Wish("device", clinics, site.resolve("identity"), again));
    }

    private void start() throws Exception {
        hub = newHub();
        hub.start();
    }

    private Hub newHub() {
        return new Hub(
                HubConfig.of(data).withExchange(ExchangeSettings.DEFAULT.withReconnectSpread(Duration.ofSeconds(1))),
                HubWorld.system());
    }

    private Map<DeviceId, EnrolledDevice> register() throws IOException {
        return new DeviceRegister(new HubFolder(data).devices()).read();
    }

    private List<FactId> stored() throws IOException {
        List<FactId> facts = new ArrayList<>();
        try (JournalImage image = JournalImage.open(
                new HubFolder(data).store(), StillKeys.read(new HubFolder(data).monthKeys(), new SecureRandom()))) {
            image.blocks(CLINIC, TreatmentMonth.of(today), (_, block) -> {
                for (JournalEntry entry : Objects.requireNonNull(block).entries()) {
                    if (FactCodec.decode(entry.fact()) instanceof Decoded.Known(Fact fact)) {
                        facts.add(fact.id());
                    }
                }
            });
        }
        return facts;
    }
}
