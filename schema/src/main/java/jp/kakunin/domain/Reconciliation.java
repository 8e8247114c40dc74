package jp.kakunin.domain;

import java.util.Collection;
import java.util.List;

/// The rules: what the visits of one patient in one treatment month stand at.
public final class Reconciliation {
    private Reconciliation() {}

    /// Judges the visits of `month` from the facts of that month and of the next one, of one patient and of all patients
    /// joined with it. The order of the facts and repeated facts do not matter.
    ///
    /// @return one entry per visit of the month, by treatment date, then visit id
    public static List<VisitStanding> judge(TreatmentMonth month, Collection<Fact> facts) {
        throw new IllegalStateException("to be written");
    }
}
