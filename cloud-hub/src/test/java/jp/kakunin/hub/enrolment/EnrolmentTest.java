package jp.kakunin.hub.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.enrolment.Enrolment.AlreadyEnrolledException;
import jp.kakunin.hub.fleet.ClinicRegister;
import jp.kakunin.hub.fleet.DeviceStatus;
import jp.kakunin.hub.fleet.FileDeviceDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnrolmentTest {
    private static final InstitutionCode SAKURA = new InstitutionCode("1380000016");
    private static final InstitutionCode MOMIJI = new InstitutionCode("1390000029");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T01:00:00Z"));

    @TempDir
    Path data;

    private HubFolder folder = new HubFolder(Path.of("."));
    private Enrolment enrolment = new Enrolment(folder, CLOCK, new SecureRandom());

    @BeforeEach
    void open() {
        folder = new HubFolder(data);
        enrolment = new Enrolment(folder, CLOCK, new SecureRandom());
    }

    private DeviceId enrol(String identity, boolean replace, Map<InstitutionCode, String> clinics)
            throws IOException, AlreadyEnrolledException {
        return enrolment.enrol(new Enrolment.Wish("desk", new TreeMap<>(clinics), data.resolve(identity), replace));
    }

    private Properties identity(String name) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(Files.readString(data.resolve(name).resolve(Enrolment.PROPERTIES))));
        return properties;
    }

    private FileDeviceDirectory directory() {
        return new FileDeviceDirectory(folder.clinics(), folder.devices());
    }

    @Test
    void a_device_gets_all_it_needs_to_reach_the_hub() throws Exception {
        DeviceId device = enrol("a", false, Map.of(SAKURA, "さくら接骨院", MOMIJI, "もみじ鍼灸院"));

        Properties identity = identity("a");
        assertThat(identity)
                .containsEntry("device", device.toString())
                .containsEntry("clinics", "1380000016,1390000029")
                .containsEntry("clinic.1380000016.name", "さくら接骨院");
        assertThat(identity.getProperty("hub")).startsWith("https://localhost:");
        assertThat(identity.getProperty("clinic.1390000029.key")).hasSize(64);
        for (String file : Set.of("identity.properties", "device-key.pem", "device-cert.pem", "hub-ca.pem")) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(data.resolve("a").resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void the_registers_know_the_device_and_its_clinics() throws Exception {
        DeviceId device = enrol("a", false, Map.of(SAKURA, "さくら, \"本院\""));

        assertThat(directory().status(device)).isEqualTo(new DeviceStatus.Active(Set.of(SAKURA)));
        assertThat(new ClinicRegister(folder.clinics()).read().get(SAKURA))
                .extracting("name")
                .isEqualTo("さくら, \"本院\"");
    }

    @Test
    void a_declaration_is_ended_in_the_register_and_stays_so_when_it_is_written_again() throws Exception {
        DeviceId device = enrol("a", false, Map.of(SAKURA, "さくら", MOMIJI, "もみじ"));
        String register = Files.readString(folder.devices());
        Files.writeString(folder.devices(), register.replace(" " + MOMIJI.digits(), " -" + MOMIJI.digits()));
        enrol("b", false, Map.of(SAKURA, "さくら"));

        assertThat(directory().status(device)).isEqualTo(new DeviceStatus.Active(Set.of(SAKURA), Set.of(MOMIJI)));
    }

    @Test
    void two_devices_of_a_clinic_share_the_key_for_patient_ids() throws Exception {
        enrol("a", false, Map.of(SAKURA, "さくら"));
        enrol("b", false, Map.of(SAKURA, "さくら", MOMIJI, "もみじ"));

        assertThat(identity("b").getProperty("clinic.1380000016.key"))
                .isEqualTo(identity("a").getProperty("clinic.1380000016.key"))
                .isNotEqualTo(identity("b").getProperty("clinic.1390000029.key"));
        assertThat(identity("b").getProperty("hub")).isEqualTo(identity("a").getProperty("hub"));
    }

    @Test
    void an_identity_is_not_overwritten_by_accident() throws Exception {
        DeviceId device = enrol("a", false, Map.of(SAKURA, "さくら"));

        assertThatThrownBy(() -> enrol("a", false, Map.of(SAKURA, "さくら"))).isInstanceOf(AlreadyEnrolledException.class);
        assertThat(identity("a")).containsEntry("device", device.toString());
        assertThat(directory().devices()).hasSize(1);
    }

    @Test
    void replacing_an_identity_revokes_the_old_device() throws Exception {
        DeviceId old = enrol("a", false, Map.of(SAKURA, "さくら"));
        DeviceId device = enrol("a", true, Map.of(SAKURA, "さくら"));

        assertThat(directory().status(old)).isEqualTo(new DeviceStatus.Revoked(Set.of(SAKURA)));
        assertThat(directory().status(device)).isEqualTo(new DeviceStatus.Active(Set.of(SAKURA)));
    }
}
