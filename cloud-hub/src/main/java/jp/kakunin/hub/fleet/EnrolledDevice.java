package jp.kakunin.hub.fleet;

import java.time.LocalDate;
import java.util.Set;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;

/// A device as enrolled: whose it is, and the fingerprint of its certificate.
///
/// @param ended clinics it spoke for until their declaration ended
public record EnrolledDevice(
        DeviceId id,
        String name,
        State state,
        Set<InstitutionCode> clinics,
        Set<InstitutionCode> ended,
        Digest certificate,
        LocalDate enrolled) {
    /// What an operator writes into the register.
    public enum State {
        ACTIVE,
        /// Sees nothing any more; what it captured before is still taken, into quarantine.
        REVOKED,
        /// Sees nothing and is believed nothing.
        STOLEN
    }

    public EnrolledDevice {
        clinics = Set.copyOf(clinics);
        ended = Set.copyOf(ended);
    }

    public EnrolledDevice as(State changed) {
        return new EnrolledDevice(id, name, changed, clinics, ended, certificate, enrolled);
    }
}
