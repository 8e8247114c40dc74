package jp.kakunin.hub.enrolment;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.disk.FolderLock;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.disk.PrivateFile;
import jp.kakunin.hub.fleet.Clinic;
import jp.kakunin.hub.fleet.ClinicRegister;
import jp.kakunin.hub.fleet.DeviceRegister;
import jp.kakunin.hub.fleet.EnrolledDevice;
import jp.kakunin.hub.pki.CertificateAuthority;
import jp.kakunin.hub.pki.DeviceCertificate;
import jp.kakunin.hub.pki.HubKeys;
import jp.kakunin.hub.pki.IdentityFolder;
import jp.kakunin.hub.pki.KeyedCertificate;

/// Makes the identity of one device: writes its folder and enters it and its clinics into the registers. Works beside a
/// running hub, which sees the registers change, and before its first start.
public final class Enrolment {
    public static final String PROPERTIES = "identity.properties";

    private final HubFolder folder;
    private final InstantSource clock;
    private final SecureRandom random;

    public Enrolment(HubFolder folder, InstantSource clock, SecureRandom random) {
        this.folder = folder;
        this.clock = clock;
        this.random = random;
    }

    /// What is asked for; `clinics` are codes with their names.
    public record Wish(String deviceName, SortedMap<InstitutionCode, String> clinics, Path identity, boolean replace) {}

    /// The folder already holds an identity, and it was not said that it may be replaced.
    public static final class AlreadyEnrolledException extends Exception {
        private static final long serialVersionUID = 1;

        AlreadyEnrolledException(Path identity) {
            super(identity + " already holds the identity of a device");
        }
    }

    public DeviceId enrol(Wish wish) throws IOException, AlreadyEnrolledException {
        try (var _ = FolderLock.take(folder.setupLock())) {
            boolean present = Files.exists(wish.identity().resolve(PROPERTIES));
            if (present && !wish.replace()) {
                throw new AlreadyEnrolledException(wish.identity());
            }
            var ca = CertificateAuthority.openOrMake(folder.ca(), random);
            var keys = HubKeys.openOrMake(folder.keys(), random);
            Ports ports = Ports.keep(folder.ports(), 0, 0);
            DeviceId device = new IdSource(clock, random).device();
            KeyedCertificate issued = ca.issue(device, DeviceCertificate.endOf(clock.instant()));
            // Registers first: an identity that the hub does not know would be refused, the reverse harms nobody.
            register(wish, device, issued);
            PrivateFile.write(wish.identity().resolve(IdentityFolder.KEY), issued.keyPem());
            PrivateFile.write(wish.identity().resolve(IdentityFolder.CERTIFICATE), issued.certificatePem());
            PrivateFile.write(wish.identity().resolve("hub-ca.pem"), ca.certificatePem());
            PrivateFile.write(wish.identity().resolve(PROPERTIES), properties(wish, device, ports, keys));
            return device;
        }
    }

    private void register(Wish wish, DeviceId device, KeyedCertificate issued) throws IOException {
        LocalDate today = TreatmentMonth.dateAt(clock.instant());
        var clinicRegister = new ClinicRegister(folder.clinics());
        Map<InstitutionCode, Clinic> clinics = clinicRegister.read();
        wish.clinics().forEach((code, name) -> clinics.putIfAbsent(code, new Clinic(code, name, today)));
        clinicRegister.write(clinics);

        var deviceRegister = new DeviceRegister(folder.devices());
        Map<DeviceId, EnrolledDevice> devices = deviceRegister.read();
        Path old = wish.identity().resolve(PROPERTIES);
        if (Files.exists(old)) {
            devices.computeIfPresent(deviceIn(old), (_, replaced) -> replaced.as(EnrolledDevice.State.REVOKED));
        }
        devices.put(
                device,
                new EnrolledDevice(
                        device,
                        wish.deviceName(),
                        EnrolledDevice.State.ACTIVE,
                        wish.clinics().keySet(),
                        Set.of(),
                        List.of(DeviceCertificate.fingerprint(issued.certificate())),
                        issued.certificate().getNotAfter().toInstant(),
                        today));
        deviceRegister.write(devices);
    }

    private static DeviceId deviceIn(Path properties) throws IOException {
        var old = new Properties();
        old.load(new StringReader(Files.readString(properties)));
        try {
            return DeviceId.parse(old.getProperty("device", ""));
        } catch (IllegalArgumentException e) {
            throw new IOException(properties + ": device is not an id; move the folder away and enrol again", e);
        }
    }

    private static String properties(Wish wish, DeviceId device, Ports ports, HubKeys keys) throws IOException {
        String authority =
                Base64.getEncoder().encodeToString(keys.authority().getPublic().getEncoded());
        String codes =
                wish.clinics().keySet().stream().map(InstitutionCode::digits).collect(Collectors.joining(","));
        var text = new StringBuilder()
                .append("device=" + device + "\n")
                .append("hub=" + ports.exchangeUrl() + "\n")
                .append("authority.key=" + authority + "\n")
                .append("clinics=" + codes + "\n");
        for (var clinic : wish.clinics().entrySet()) {
            text.append(
                    "clinic." + clinic.getKey() + ".name=" + clinic.getValue().replace("\\", "\\\\") + "\n");
            text.append("clinic." + clinic.getKey() + ".key=" + keys.clinicKey(clinic.getKey()) + "\n");
        }
        return text.toString();
    }
}
