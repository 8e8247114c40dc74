package jp.kakunin.hub.activation;

import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;
import org.jspecify.annotations.Nullable;

/// What a clinic activates its devices with.
///
/// @param id W and seven digits
/// @param locked by the operator
/// @param code the last one issued; none other is good
record Account(
        InstitutionCode clinic,
        String id,
        SlowHash password,
        boolean locked,
        Tries tries,
        @Nullable Code code) {
    /// An activation code and what becomes of it.
    ///
    /// @param clinics whose device it makes: the account's, and a second one of the same site
    /// @param replaces the device that is revoked when this code is used
    /// @param use by which it was burnt
    record Code(
            SlowHash hash,
            Instant until,
            SortedSet<InstitutionCode> clinics,
            @Nullable DeviceId replaces,
            @Nullable Use use) {
        Code {
            clinics = new TreeSet<>(clinics);
        }

        Code burnt(Use by) {
            return new Code(hash, until, clinics, replaces, by);
        }
    }

    /// @param key of the public key that was certified
    /// @param certificate PEM, given again to the same key
    record Use(DeviceId device, Digest key, Instant at, String certificate, String terms) {}

    Account with(Tries changed) {
        return new Account(clinic, id, password, locked, changed, code);
    }

    Account with(Code changed) {
        return new Account(clinic, id, password, locked, tries, changed);
    }

    Account with(SlowHash changedPassword) {
        return new Account(clinic, id, changedPassword, locked, tries, code);
    }

    /// Unlocking forgets the wrong tries too.
    Account locked(boolean now) {
        return new Account(clinic, id, password, now, now ? tries : Tries.NONE, code);
    }

    String state(Instant now) {
        if (locked) {
            return "LOCKED";
        }
        return tries.isLockedForGood() ? "LOCKED_BY_TRIES" : tries.isLocked(now) ? "WAITING" : "OPEN";
    }

    @Override
    public String toString() {
        return "Account[" + clinic + "]";
    }
}
