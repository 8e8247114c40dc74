package jp.kakunin.load.replay;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.disk.FolderLock;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.enrolment.Ports;
import jp.kakunin.hub.fleet.Clinic;
import jp.kakunin.hub.fleet.ClinicRegister;
import jp.kakunin.hub.fleet.DeviceRegister;
import jp.kakunin.hub.fleet.EnrolledDevice;
import jp.kakunin.hub.pki.CertificateAuthority;
import jp.kakunin.hub.pki.DeviceCertificate;
import jp.kakunin.hub.pki.HubKeys;
import jp.kakunin.load.population.Plan;

/// The devices of a fleet, each of a clinic of its own, as enrolment would have made them one by one: keys and
/// certificates are made on all processors and entered into the hub's registers in one go.
final class Identities {
    private static final Instant CLOCK_START = Instant.EPOCH;

    private final URI hub;
    private final PublicKey authority;
    private final X509Certificate ca;
    private final List<Identity> all;

    /// @param certificate signed by the hub's own authority
    record Identity(DeviceId device, InstitutionCode clinic, PrivateKey key, X509Certificate certificate) {
        @Override
        public String toString() {
            return "Identity[" + device + "]";
        }
    }

    private Identities(URI hub, PublicKey authority, X509Certificate ca, List<Identity> all) {
        this.hub = hub;
        this.authority = authority;
        this.ca = ca;
        this.all = List.copyOf(all);
    }

    URI hub() {
        return hub;
    }

    /// To whom card evidence is sealed.
    PublicKey authority() {
        return authority;
    }

    X509Certificate ca() {
        return ca;
    }

    List<Identity> all() {
        return all;
    }

    /// Enrols new devices in the hub's folder, beside those that are there. Clinics that are there get one more
    /// device.
    static Identities enrol(Path data, List<Plan.PlannedClinic> clinics, Instant now, SecureRandom random)
            throws IOException {
        HubFolder folder = new HubFolder(data);
        try (var _ = FolderLock.take(folder.setupLock())) {
            var ca = CertificateAuthority.openOrMake(folder.ca(), random);
            var keys = HubKeys.openOrMake(folder.keys(), random);
            Ports ports = Ports.keep(folder.ports(), 0, 0);
            IdSource ids = new IdSource(() -> CLOCK_START, random);
            Instant until = DeviceCertificate.endOf(now);
            Identity[] made = new Identity[clinics.size()];
            IntStream.range(0, made.length).parallel().forEach(i -> {
                DeviceId device = ids.device();
                KeyPair pair = newKeys(random);
                made[i] = new Identity(
                        device, LoadHub.clinic(i), pair.getPrivate(), ca.sign(device, pair.getPublic(), until));
            });
            register(folder, Arrays.asList(made), clinics, TreatmentMonth.dateAt(now));
            return new Identities(
                    URI.create(ports.exchangeUrl()), keys.authority().getPublic(), ca.certificate(), List.of(made));
        }
    }

    private static void register(
            HubFolder folder, List<Identity> made, List<Plan.PlannedClinic> planned, LocalDate today)
            throws IOException {
        var clinicRegister = new ClinicRegister(folder.clinics());
        Map<InstitutionCode, Clinic> clinics = clinicRegister.read();
        var deviceRegister = new DeviceRegister(folder.devices());
        Map<DeviceId, EnrolledDevice> devices = deviceRegister.read();
        for (int i = 0; i < made.size(); i++) {
            Identity each = made.get(i);
            Plan.PlannedClinic clinic = planned.get(i);
            clinics.put(
                    each.clinic(),
                    new Clinic(each.clinic(), "load " + i, today, clinic.prefecture(), clinic.carrier(), ""));
            devices.put(
                    each.device(),
                    new EnrolledDevice(
                            each.device(),
                            "load-" + i,
                            EnrolledDevice.State.ACTIVE,
                            Set.of(each.clinic()),
                            Set.of(),
                            List.of(DeviceCertificate.fingerprint(each.certificate())),
                            each.certificate().getNotAfter().toInstant(),
                            today));
        }
        clinicRegister.write(clinics);
        deviceRegister.write(devices);
    }

    private static KeyPair newKeys(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("this JDK makes keys on P-256", e);
        }
    }
}
