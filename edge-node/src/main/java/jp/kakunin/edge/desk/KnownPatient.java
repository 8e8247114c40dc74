package jp.kakunin.edge.desk;

import java.time.Instant;
import java.time.LocalDate;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.VisitStanding.Proof;
import org.jspecify.annotations.Nullable;

/// A patient seen in this month or the last.
///
/// @param name null for a card whose answer has not come yet
/// @param arrivedAt when the patient came last, as the list of visits shows it
/// @param byCard whether a card of this patient was ever read
/// @param deferred the day of the oldest first visit that is deferred
/// @param earlier the latest result with a coverage
record KnownPatient(
        PatientId patient,
        @Nullable String name,
        LocalDate lastSeen,
        Instant arrivedAt,
        boolean byCard,
        @Nullable LocalDate deferred,
        @Nullable Proof earlier) {

    /// A first visit recorded by name alone, still to be put together with the patient's card.
    boolean isToBeJoined() {
        return !byCard && deferred != null;
    }

    @Override
    public String toString() {
        return "KnownPatient[" + patient + "]";
    }
}
