package jp.kakunin.hub.fleet;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;

/// A device as enrolled: whose it is, and which certificates it may come with.
///
/// @param ended clinics it spoke for until their declaration ended
/// @param certificates fingerprints: the newest, and before it the one by which that was asked for, because the reply
/// that
/// carried the newest may have been lost
/// @param until when the newest ends
public record EnrolledDevice(
        DeviceId id,
        String name,
        State state,
        Set<InstitutionCode> clinics,
        Set<InstitutionCode> ended,
        List<Digest> certificates,
        Instant until,
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
        certificates = List.copyOf(certificates);
    }

    public EnrolledDevice as(State changed) {
        return new EnrolledDevice(id, name, changed, clinics, ended, certificates, until, enrolled);
    }

    /// Revoked, unless something worse is known of it.
    public EnrolledDevice revoked() {
        return state == State.STOLEN ? this : as(State.REVOKED);
    }

    /// @param presented by which the device asked
    public EnrolledDevice renewed(Digest presented, Digest renewed, Instant end) {
        return new EnrolledDevice(id, name, state, clinics, ended, List.of(presented, renewed), end, enrolled);
    }

    /// Whether this is a certificate the device may come with. One that ends later than the newest known here
    /// can only be a renewal made before this hub was put back from a backup: none but its CA signs.
    public boolean comesWith(Digest certificate, Instant end) {
        return certificates.contains(certificate) || end.isAfter(until);
    }
}
