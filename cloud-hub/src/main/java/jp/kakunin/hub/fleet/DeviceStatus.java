package jp.kakunin.hub.fleet;

import java.util.Set;
import jp.kakunin.domain.InstitutionCode;

/// What a device may do.
public sealed interface DeviceStatus {
    /// The clinics it speaks for, or spoke for before it was revoked.
    Set<InstitutionCode> clinics();

    /// The clinics whose declaration for this device has ended: it reads nothing of them any more, and what it
    /// captured for them before is taken into quarantine.
    default Set<InstitutionCode> ended() {
        return Set.of();
    }

    record Active(Set<InstitutionCode> clinics, Set<InstitutionCode> ended) implements DeviceStatus {
        public Active {
            clinics = Set.copyOf(clinics);
            ended = Set.copyOf(ended);
        }

        public Active(Set<InstitutionCode> clinics) {
            this(clinics, Set.of());
        }
    }

    /// Reads nothing any more; what it captured before is taken into quarantine for the clinic.
    record Revoked(Set<InstitutionCode> clinics) implements DeviceStatus {
        public Revoked {
            clinics = Set.copyOf(clinics);
        }
    }

    /// Reported stolen: reads nothing, and nothing it sends is believed.
    record Stolen(Set<InstitutionCode> clinics) implements DeviceStatus {
        public Stolen {
            clinics = Set.copyOf(clinics);
        }
    }

    record Unknown() implements DeviceStatus {
        @Override
        public Set<InstitutionCode> clinics() {
            return Set.of();
        }
    }
}
