package jp.kakunin.keys;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import org.jspecify.annotations.Nullable;

/// The keys of what a device keeps of its clinics: each is made of a month's key and a secret of the clinic, so that it
/// is gone when either is. The law destroys the one, the end of a declaration the other.
///
///     clinic-CODE   32 bytes
///
/// Safe for use by several threads.
public final class ClinicKeys {
    private static final String CLINIC = "clinic-";

    private record ClinicMonth(InstitutionCode clinic, TreatmentMonth month) {}

    /// @param month of which it was made
    private record Made(SealingKey month, SealingKey key) {}

    private final Vault vault;
    private final MonthKeys months;
    private final SecureRandom random;
    private final Map<InstitutionCode, byte[]> secrets = new HashMap<>();
    private final Map<ClinicMonth, Made> made = new HashMap<>();

    private ClinicKeys(Vault vault, MonthKeys months, SecureRandom random) {
        this.vault = vault;
        this.months = months;
        this.random = random;
    }

    /// @throws VaultException when there are keys and none can be read
    public static ClinicKeys open(Vault vault, SecureRandom random) {
        ClinicKeys keys = new ClinicKeys(vault, MonthKeys.open(vault, random), random);
        for (String name : vault.names()) {
            if (name.matches("\\." + CLINIC + "[0-9]{10}\\.draft")) {
                vault.destroy(name);
            }
        }
        return keys;
    }

    public MonthKeys months() {
        return months;
    }

    /// `null` when month or clinic have no key, or none any more.
    public synchronized @Nullable SealingKey find(TreatmentMonth month, InstitutionCode clinic) {
        return key(month, clinic, months.find(month), secret(clinic));
    }

    /// The key, made when it is first needed; `null` when that of the month is destroyed.
    public synchronized @Nullable SealingKey of(TreatmentMonth month, InstitutionCode clinic) {
        byte[] secret = secret(clinic);
        if (secret == null) {
            secret = new byte[SealingKey.BYTES];
            random.nextBytes(secret);
            vault.write(CLINIC + clinic.digits(), secret);
            secrets.put(clinic, secret);
        }
        return key(month, clinic, months.of(month), secret);
    }

    /// Nothing of the clinic can be opened when this returns, of whatever month and wherever a copy lies. A key
    /// that is asked for later opens only what is sealed from then on.
    ///
    /// One that fails is to be tried again; from then on the secret is what lies in the vault, and not what this
    /// process remembers.
    ///
    /// @return whether there was a key
    public synchronized boolean destroy(InstitutionCode clinic) {
        secrets.remove(clinic);
        made.keySet().removeIf(each -> each.clinic().equals(clinic));
        if (!vault.names().contains(CLINIC + clinic.digits())) {
            return false;
        }
        vault.destroy(CLINIC + clinic.digits());
        return true;
    }

    private byte @Nullable [] secret(InstitutionCode clinic) {
        byte[] known = secrets.get(clinic);
        if (known == null) {
            known = vault.read(CLINIC + clinic.digits());
            if (known != null && isOverwritten(known)) {
                return null;
            }
            if (known != null) {
                secrets.put(clinic, known);
            }
        }
        return known;
    }

    /// What a destruction leaves that was cut off.
    private static boolean isOverwritten(byte[] secret) {
        for (byte each : secret) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private @Nullable SealingKey key(
            TreatmentMonth month, InstitutionCode clinic, @Nullable SealingKey ofMonth, byte @Nullable [] secret) {
        ClinicMonth name = new ClinicMonth(clinic, month);
        if (ofMonth == null || secret == null) {
            made.remove(name);
            return null;
        }
        Made known = made.get(name);
        if (known == null || known.month() != ofMonth) {
            known = new Made(ofMonth, ofMonth.with(secret, random));
            made.put(name, known);
        }
        return known.key();
    }
}
