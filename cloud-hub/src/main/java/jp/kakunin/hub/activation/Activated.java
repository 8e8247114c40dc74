package jp.kakunin.hub.activation;

import java.util.List;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.InstitutionCode;

/// What a device needs to be one.
///
/// @param certificate PEM, and `authorities` those that signed it
/// @param evidenceKey the authority's public key in base64, to which card evidence is sealed
public record Activated(
        DeviceId device,
        String hub,
        String certificate,
        String authorities,
        String evidenceKey,
        List<ActivatedClinic> clinics,
        String terms) {
    public Activated {
        clinics = List.copyOf(clinics);
    }

    /// @param patientKey in hex; by it all devices of the clinic make the same patient id from the same card
    public record ActivatedClinic(InstitutionCode code, String name, String patientKey) {
        @Override
        public String toString() {
            return "ActivatedClinic[" + code + "]";
        }
    }
}
