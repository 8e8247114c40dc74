package jp.kakunin.hub.activation;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.HubCheck;
import jp.kakunin.hub.disk.FolderLock;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.enrolment.Ports;
import jp.kakunin.hub.fleet.Clinic;
import jp.kakunin.hub.fleet.ClinicRegister;
import jp.kakunin.hub.fleet.DeviceRegister;
import jp.kakunin.hub.fleet.EnrolledDevice;
import jp.kakunin.hub.pki.CertificateAuthority;
import jp.kakunin.hub.pki.DeviceCertificate;
import org.jspecify.annotations.Nullable;

/// What the operator does about clinics' accounts. Works beside a running hub and before its first start.
public final class AccountOffice {
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int PASSWORD_GROUPS = 3;
    private static final int PASSWORD_GROUP = 4;

    private final HubFolder folder;
    private final Accounts accounts;
    private final InstantSource clock;
    private final SecureRandom random;

    public AccountOffice(HubFolder folder, InstantSource clock, SecureRandom random) {
        this.folder = folder;
        this.accounts = new Accounts(folder.accounts());
        this.clock = clock;
        this.random = random;
    }

    /// Something does not fit what the registers hold; nothing was changed.
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    /// What a sheet tells a clinic. The only time that password and code are known.
    ///
    /// @param password null when the clinic goes on using the one it has
    public record Issued(
            Clinic clinic,
            List<Clinic> site,
            String id,
            @Nullable String password,
            ActivationCode code,
            Instant until,
            String hub,
            HubCheck check) {
        public Issued {
            site = List.copyOf(site);
        }

        @Override
        public String toString() {
            return "Issued[" + clinic.code() + "]";
        }
    }

    /// @param with a second clinic of the same site (併設), for which the device speaks too
    public Issued create(Clinic clinic, @Nullable InstitutionCode with) throws IOException, RefusedException {
        try (var _ = FolderLock.take(folder.setupLock())) {
            if (accounts.find(clinic.code()) != null) {
                throw new RefusedException("clinic " + clinic.code()
                        + " has an account; for another device or a new PC use `hub account code " + clinic.code()
                        + "`");
            }
            var register = new ClinicRegister(folder.clinics());
            Map<InstitutionCode, Clinic> clinics = register.read();
            clinics.put(clinic.code(), clinic);
            SortedSet<InstitutionCode> site = site(clinic.code(), with, clinics);
            register.write(clinics);
            String password = password();
            var account = new Account(
                    clinic.code(), accounts.nextId(), SlowHash.of(password, random), false, Tries.NONE, null);
            return issue(account, password, site, null, clinics);
        }
    }

    /// A new code; the one before it is void from now on.
    ///
    /// @param replaces the device that is revoked when the code is used; null adds a device
    public Issued code(
            InstitutionCode clinic, @Nullable InstitutionCode with, @Nullable DeviceId replaces, boolean newPassword)
            throws IOException, RefusedException {
        try (var _ = FolderLock.take(folder.setupLock())) {
            Account account = existing(clinic);
            Map<InstitutionCode, Clinic> clinics = new ClinicRegister(folder.clinics()).read();
            SortedSet<InstitutionCode> site = site(clinic, with, clinics);
            if (replaces != null) {
                EnrolledDevice old = new DeviceRegister(folder.devices()).read().get(replaces);
                if (old == null || !old.clinics().contains(clinic)) {
                    throw new RefusedException("no device " + replaces + " speaks for clinic " + clinic
                            + "; `hub device list` tells the devices");
                }
            }
            String password = newPassword ? password() : null;
            Account ready = password == null ? account : account.with(SlowHash.of(password, random));
            return issue(ready, password, site, replaces, clinics);
        }
    }

    public void lock(InstitutionCode clinic, boolean locked) throws IOException, RefusedException {
        try (var _ = FolderLock.take(folder.setupLock())) {
            accounts.write(existing(clinic).locked(locked));
        }
    }

    /// An account as the operator sees it.
    ///
    /// @param code OPEN, USED, EXPIRED or NONE
    public record Line(InstitutionCode clinic, String id, String state, int wrongTries, String code) {}

    public List<Line> lines() throws IOException {
        Instant now = clock.instant();
        List<Line> lines = new ArrayList<>();
        for (Account account : accounts.all()) {
            lines.add(new Line(
                    account.clinic(),
                    account.id(),
                    account.state(now),
                    account.tries().wrong(),
                    codeState(account.code(), now)));
        }
        return lines;
    }

    private static String codeState(Account.@Nullable Code code, Instant now) {
        if (code == null) {
            return "NONE";
        }
        return code.use() != null ? "USED" : now.isAfter(code.until()) ? "EXPIRED" : "OPEN";
    }

    private Issued issue(
            Account account,
            @Nullable String password,
            SortedSet<InstitutionCode> site,
            @Nullable DeviceId replaces,
            Map<InstitutionCode, Clinic> clinics)
            throws IOException {
        ActivationCode code = ActivationCode.random(random);
        Instant until = clock.instant().plus(ActivationCode.LIFE);
        accounts.write(account.with(new Account.Code(SlowHash.of(code.digits(), random), until, site, replaces, null)));
        var ca = CertificateAuthority.openOrMake(folder.ca(), random);
        return new Issued(
                known(clinics, account.clinic()),
                site.stream().map(each -> known(clinics, each)).toList(),
                account.id(),
                password,
                code,
                until,
                Ports.keep(folder.ports(), 0, 0).exchangeUrl(),
                HubCheck.of(DeviceCertificate.encoded(ca.certificate())));
    }

    private Clinic known(Map<InstitutionCode, Clinic> clinics, InstitutionCode code) {
        Clinic clinic = clinics.get(code);
        return clinic == null ? new Clinic(code, code.digits(), TreatmentMonth.dateAt(clock.instant())) : clinic;
    }

    private static SortedSet<InstitutionCode> site(
            InstitutionCode clinic, @Nullable InstitutionCode with, Map<InstitutionCode, Clinic> clinics)
            throws RefusedException {
        SortedSet<InstitutionCode> site = new TreeSet<>(List.of(clinic));
        if (with != null) {
            if (!clinics.containsKey(with) || with.equals(clinic)) {
                throw new RefusedException("--with " + with + " must be another enrolled clinic of the same site");
            }
            site.add(with);
        }
        return site;
    }

    private Account existing(InstitutionCode clinic) throws IOException, RefusedException {
        Account account = accounts.find(clinic);
        if (account == null) {
            throw new RefusedException("clinic " + clinic + " has no account; make one with `hub account create`");
        }
        return account;
    }

    private String password() {
        var password = new StringBuilder();
        for (int i = 0; i < PASSWORD_GROUPS * PASSWORD_GROUP; i++) {
            if (i > 0 && i % PASSWORD_GROUP == 0) {
                password.append('-');
            }
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }
}
