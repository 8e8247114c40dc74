package jp.kakunin.hub.verify;

import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import org.jspecify.annotations.Nullable;

/// Something that is not as the facts say. Names clinic, month and position, and nobody.
///
/// @param position of the fact it is about, or of the patient's first; 0 when there is none
public record Difference(
        Check check, InstitutionCode clinic, @Nullable TreatmentMonth month, long position, String what) {
    @Override
    public String toString() {
        return check + ": clinic " + clinic + (month == null ? "" : ", " + month)
                + (position == 0 ? "" : ", position " + position) + ": " + what;
    }
}
