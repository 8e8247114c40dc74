package jp.kakunin.domain;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The rules: what the visits of one patient in one treatment month stand at.
public final class Reconciliation {
    private static final Comparator<VisitStanding> BY_DATE = Comparator.comparing(VisitStanding::treatmentDate)
            .thenComparing(VisitStanding::visit)
            .thenComparing(VisitStanding::patient);

    private Reconciliation() {}

    /// Judges the visits of `month` from the facts of that month and of the next one, of one patient and of all
    /// patients joined with it. The order of the facts and repeated facts do not matter; facts of other months are
    /// not looked at; patients that no join connects are judged apart.
    ///
    /// @return one entry per visit of the month, by treatment date, then visit id
    public static List<VisitStanding> judge(TreatmentMonth month, Collection<Fact> facts) {
        List<Fact> known = facts.stream().filter(fact -> isKnownTo(month, fact)).toList();
        return PatientGroups.split(EffectiveFacts.of(known)).stream()
                .map(PatientFacts::new)
                .flatMap(person -> judge(month, person))
                .sorted(BY_DATE)
                .toList();
    }

    private static Stream<VisitStanding> judge(TreatmentMonth month, PatientFacts person) {
        return person.visits().stream()
                .filter(visit -> visit.month().equals(month))
                .map(visit -> new Verdict(visit, person).standing());
    }

    /// Knowledge flows backward in time, never forward: a month may be forgotten without changing the ones after
    /// it.
    private static boolean isKnownTo(TreatmentMonth month, Fact fact) {
        TreatmentMonth of = fact.envelope().month();
        return of.equals(month) || of.equals(month.next());
    }
}
