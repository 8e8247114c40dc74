package jp.kakunin.edge.identity;

import java.net.URI;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.InstitutionCode;

/// What `DIR/edge/identity` holds.
///
/// @param authorityKey X25519; card evidence is sealed to it
public record EdgeIdentity(
        DeviceId device,
        URI hub,
        PublicKey authorityKey,
        List<Clinic> clinics,
        Path deviceKey,
        Path deviceCertificate,
        Path hubCertificates) {
    public EdgeIdentity {
        clinics = List.copyOf(clinics);
    }

    /// A clinic of this site and its key for the ids of card patients.
    public record Clinic(InstitutionCode code, String name, byte[] patientKey) {
        @Override
        public String toString() {
            return "Clinic[" + code + "]";
        }
    }

    public List<InstitutionCode> clinicCodes() {
        return clinics.stream().map(Clinic::code).toList();
    }
}
