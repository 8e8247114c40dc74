package jp.kakunin.edge.desk;

import jp.kakunin.domain.VisitKind;
import jp.kakunin.edge.reader.Pin;
import org.jspecify.annotations.Nullable;

/// The wish to check the card on the reader.
///
/// @param also the other clinic of the site, when the patient comes to both: one tap, one check for each
/// @param pin null when the staff compared the photograph instead
/// @param kind null to let the desk decide from what it knows of the patient
record TapRequest(
        Clinic clinic,
        @Nullable Clinic also,
        @Nullable Pin pin,
        boolean lastTryAccepted,
        @Nullable VisitKind kind) {
    @Override
    public String toString() {
        return "TapRequest[redacted]";
    }
}
