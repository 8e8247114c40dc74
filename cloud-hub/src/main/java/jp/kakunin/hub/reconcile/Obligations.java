package jp.kakunin.hub.reconcile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.journal.WorkItem;
import org.jspecify.annotations.Nullable;

/// What a patient-month still owes, and whom to ask about it: derived from its facts and from the standings of its
/// visits, which after a join may be filed under the other patient.
final class Obligations {
    private final PatientMonth key;
    private final Map<VisitId, VisitStanding> visits = new HashMap<>();
    private final Map<CheckId, Fact.CheckRecorded> cards = new TreeMap<>();
    private final Set<CheckId> answered;
    private final List<VisitStanding> own;

    Obligations(PatientMonth key, List<Fact> facts, List<VisitStanding> visitsOfGroup) {
        this.key = key;
        own = visitsOfGroup.stream()
                .filter(visit -> visit.patient().equals(key.patient()))
                .toList();
        visitsOfGroup.forEach(visit -> visits.put(visit.visit(), visit));
        own.forEach(visit -> visits.put(visit.visit(), visit));
        for (Fact fact : facts) {
            if (fact instanceof Fact.CheckRecorded check && check.evidence() instanceof Evidence.Card) {
                cards.putIfAbsent(check.check(), check);
            }
        }
        answered = facts.stream()
                .filter(Fact.AnswerReceived.class::isInstance)
                .map(fact -> ((Fact.AnswerReceived) fact).check())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The standings filed under this patient.
    List<VisitStanding> visits() {
        return own;
    }

    /// First visits that are not safe yet.
    Set<WorkItem> worklist() {
        return own.stream()
                .filter(visit ->
                        visit.kind() == VisitKind.INITIAL && visit.standing().isOpen())
                .map(this::workItem)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Card evidence the authority has not spoken about, of visits that still need it. A withdrawn card is asked
    /// all the same while its visit stands: the answer names the patient, and no row needs to come back when the
    /// withdrawal goes.
    Set<Question> questions() {
        return cards.values().stream()
                .filter(card -> !answered.contains(card.check()))
                .filter(card -> visits.containsKey(card.visit()) && !isConfirmed(card))
                .map(this::question)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The checks whose sealed evidence must be kept.
    Set<CheckId> evidence() {
        return cards.values().stream()
                .filter(card -> !isConfirmed(card))
                .map(Fact.CheckRecorded::check)
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isConfirmed(Fact.CheckRecorded card) {
        @Nullable VisitStanding visit = visits.get(card.visit());
        return visit != null && visit.standing() instanceof Standing.Confirmed;
    }

    private WorkItem workItem(VisitStanding visit) {
        return new WorkItem(
                key.clinic(),
                visit.treatmentDate(),
                visit.visit(),
                visit.patient(),
                visit.standing().word());
    }

    private Question question(Fact.CheckRecorded card) {
        return new Question(key.month(), card.kind(), card.check(), key.clinic(), key.patient(), card.treatmentDate());
    }
}
