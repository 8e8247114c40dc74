package jp.kakunin.hub.history;

import jp.kakunin.domain.VisitStanding;
import org.jspecify.annotations.Nullable;

/// One visit in a clinic's history. The name is the one a clinic typed for a patient without a card.
public record VisitLine(VisitStanding visit, @Nullable String patientName) {
    @Override
    public String toString() {
        return "VisitLine[" + visit.visit() + "]";
    }
}
