package jp.kakunin.hub.history;

import java.util.List;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.VisitStanding;
import org.jspecify.annotations.Nullable;

/// The name a clinic typed for a visit: the one of the newest check of that visit that has one.
final class PatientNames {
    private PatientNames() {}

    static @Nullable String of(List<Fact> facts, VisitStanding visit) {
        Fact.@Nullable CheckRecorded newest = null;
        for (Fact fact : facts) {
            if (fact instanceof Fact.CheckRecorded check
                    && check.visit().equals(visit.visit())
                    && check.patientName() != null
                    && (newest == null || check.id().compareTo(newest.id()) > 0)) {
                newest = check;
            }
        }
        return newest == null ? null : newest.patientName();
    }
}
