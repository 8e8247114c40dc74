package jp.kakunin.hub.activation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.activation.Activated.ActivatedClinic;
import jp.kakunin.hub.disk.FolderLock;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.fleet.Clinic;
import jp.kakunin.hub.fleet.ClinicRegister;
import jp.kakunin.hub.fleet.DeviceRegister;
import jp.kakunin.hub.fleet.EnrolledDevice;
import jp.kakunin.hub.pki.CertificateAuthority;
import jp.kakunin.hub.pki.DeviceCertificate;
import jp.kakunin.hub.pki.HubKeys;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Binds an activation code to one device, and renews certificates. One at a time; each takes a good part of a second
/// for its slow hashes, so not for an event loop.
///
/// The account is written first, with the certificate in it: that write burns the code and decides who has it. What
/// follows, the register, is done again when the same device repeats its request.
public final class Activation {
    /// A device whose reply got lost gets the same certificate again for so long.
    static final Duration REPEAT = Duration.ofMinutes(15);

    private static final Logger LOG = LoggerFactory.getLogger(Activation.class);

    private final HubFolder folder;
    private final Accounts accounts;
    private final CertificateAuthority ca;
    private final HubKeys keys;
    private final String hub;
    private final InstantSource clock;
    private final IdSource ids;
    private final SlowHash nobody;
    private final Terms terms = Terms.shipped();
    private final WrongSources sources = new WrongSources();
    private final UnknownAccounts unknown = new UnknownAccounts();

    /// @param hub the address the device comes to afterwards
    public Activation(
            HubFolder folder,
            CertificateAuthority ca,
            HubKeys keys,
            String hub,
            InstantSource clock,
            IdSource ids,
            SecureRandom random) {
        this.folder = folder;
        this.accounts = new Accounts(folder.accounts());
        this.ca = ca;
        this.keys = keys;
        this.hub = hub;
        this.clock = clock;
        this.ids = ids;
        this.nobody = SlowHash.of("nobody", random);
    }

    /// Either is null.
    public record Outcome<T>(@Nullable T done, @Nullable Refused refused) {
        static <T> Outcome<T> done(T done) {
            return new Outcome<>(done, null);
        }

        static <T> Outcome<T> refused(Refused refused) {
            return new Outcome<>(null, refused);
        }
    }

    public Terms terms() {
        return terms;
    }

    public X509Certificate authority() {
        return ca.certificate();
    }

    /// @param source the address the request came from
    public synchronized Outcome<Activated> activate(ActivationRequest request, String source) throws IOException {
        Instant now = clock.instant();
        if (sources.isLocked(source, now)) {
            return Outcome.refused(Refused.TOO_MANY_TRIES);
        }
        try (var _ = FolderLock.take(folder.setupLock())) {
            Account account = accounts.find(request.clinic());
            if (account == null ? unknown.isLocked(request.clinic(), now) : isLocked(account, now)) {
                return Outcome.refused(Refused.LOCKED);
            }
            if (!isRight(account, request) || account == null || account.code() == null) {
                sources.wrong(source, now);
                wrong(account, request.clinic(), now);
                return Outcome.refused(Refused.NOT_MATCHING);
            }
            if (account.tries().wrong() > 0) {
                accounts.write(account.with(Tries.NONE));
            }
            return bind(account.with(Tries.NONE), account.code(), request, now);
        }
    }

    private static boolean isLocked(Account account, Instant now) {
        return account.locked() || account.tries().isLocked(now);
    }

    private void wrong(@Nullable Account account, InstitutionCode clinic, Instant now) throws IOException {
        LOG.atWarn().addKeyValue("clinic", clinic).log("an activation was refused");
        if (account == null) {
            unknown.wrong(clinic, now);
        } else {
            accounts.write(account.with(account.tries().andOneWrong(now)));
        }
    }

    /// Looks at all of it in every case, so that neither answer nor time tells what was wrong.
    private boolean isRight(@Nullable Account account, ActivationRequest request) {
        Account.Code code = account == null ? null : account.code();
        boolean id = MessageDigest.isEqual(bytes(account == null ? "" : account.id()), bytes(request.id()));
        boolean password = (account == null ? nobody : account.password()).matches(request.password());
        boolean digits =
                (code == null ? nobody : code.hash()).matches(request.code().digits());
        return id && password && digits;
    }

    private Outcome<Activated> bind(Account account, Account.Code code, ActivationRequest request, Instant now)
            throws IOException {
        Account.Use use = code.use();
        if (use == null) {
            if (now.isAfter(code.until())) {
                return Outcome.refused(Refused.CODE_SPENT);
            }
            if (!terms.version().equals(request.terms())) {
                return Outcome.refused(Refused.TERMS_CHANGED);
            }
            DeviceId device = ids.device();
            X509Certificate certificate = ca.sign(device, request.signing().key(), DeviceCertificate.endOf(now));
            use = new Account.Use(
                    device, request.signing().fingerprint(), now, DeviceCertificate.pem(certificate), request.terms());
            accounts.write(account.with(code.burnt(use)));
        } else if (!use.key().equals(request.signing().fingerprint())
                || now.isAfter(use.at().plus(REPEAT))) {
            return Outcome.refused(Refused.CODE_SPENT);
        }
        register(account, code, use);
        LOG.atInfo()
                .addKeyValue("clinic", account.clinic())
                .addKeyValue("device", use.device())
                .log("a device was activated");
        return Outcome.done(activated(code, use));
    }

    private void register(Account account, Account.Code code, Account.Use use) throws IOException {
        var register = new DeviceRegister(folder.devices());
        Map<DeviceId, EnrolledDevice> devices = register.read();
        if (devices.containsKey(use.device())) {
            return;
        }
        X509Certificate certificate = DeviceCertificate.parse(use.certificate());
        devices.put(
                use.device(),
                new EnrolledDevice(
                        use.device(),
                        account.id(),
                        EnrolledDevice.State.ACTIVE,
                        code.clinics(),
                        Set.of(),
                        List.of(DeviceCertificate.fingerprint(certificate)),
                        certificate.getNotAfter().toInstant(),
                        TreatmentMonth.dateAt(use.at())));
        if (code.replaces() != null) {
            devices.computeIfPresent(code.replaces(), (_, old) -> old.revoked());
        }
        register.write(devices);
    }

    private Activated activated(Account.Code code, Account.Use use) throws IOException {
        Map<InstitutionCode, Clinic> known = new ClinicRegister(folder.clinics()).read();
        List<ActivatedClinic> clinics = new ArrayList<>();
        for (InstitutionCode each : code.clinics()) {
            Clinic clinic = known.get(each);
            clinics.add(
                    new ActivatedClinic(each, clinic == null ? each.digits() : clinic.name(), keys.clinicKey(each)));
        }
        return new Activated(
                use.device(),
                hub,
                use.certificate(),
                ca.certificatePem(),
                Base64.getEncoder().encodeToString(keys.authority().getPublic().getEncoded()),
                clinics,
                use.terms());
    }

    /// Signs the new key of a device that came with a certificate it may come with. That one stays good, so
    /// that the device can ask again when the reply is lost.
    ///
    /// @return PEM
    public synchronized Outcome<String> renew(DeviceId device, Digest presented, SigningRequest signing)
            throws IOException {
        Instant now = clock.instant();
        try (var _ = FolderLock.take(folder.setupLock())) {
            var register = new DeviceRegister(folder.devices());
            Map<DeviceId, EnrolledDevice> devices = register.read();
            EnrolledDevice known = devices.get(device);
            if (known == null || known.state() != EnrolledDevice.State.ACTIVE) {
                return Outcome.refused(Refused.DEVICE_NOT_ACTIVE);
            }
            X509Certificate renewed = ca.sign(device, signing.key(), DeviceCertificate.endOf(now));
            devices.put(
                    device,
                    known.renewed(
                            presented,
                            DeviceCertificate.fingerprint(renewed),
                            renewed.getNotAfter().toInstant()));
            register.write(devices);
            LOG.atInfo().addKeyValue("device", device).log("a certificate was renewed");
            return Outcome.done(DeviceCertificate.pem(renewed));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
