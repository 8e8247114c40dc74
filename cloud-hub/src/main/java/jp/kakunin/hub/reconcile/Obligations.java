package jp.kakunin.hub.reconcile;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.journal.WorkItem;
import org.jspecify.annotations.Nullable;

/// What a patient-month still owes, and whom to ask about it: derived from its facts and from the standings of its
/// visits, which after a join may be filed under the other patient.
///
/// @param visits the standings filed under this patient
/// @param worklist visits that are not confirmed
/// @param questions card evidence the authority has not spoken about and can be asked about, of visits that still need
///     it. A withdrawn card is asked all the same while its visit stands: the answer names the patient, and no row
/// needs
///     to come back when the withdrawal goes
/// @param evidence the checks whose sealed evidence must be kept: what confirmed the visit may be withdrawn, and then a
///     check without an answer has to be asked about after all
record Obligations(List<VisitStanding> visits, Set<WorkItem> worklist, Set<Question> questions, Set<CheckId> evidence) {

    /// @param fresh checks about which a question may be open although their evidence was found unusable, because
    ///     better evidence came
    static Obligations of(PatientMonth key, List<Fact> facts, List<VisitStanding> visitsOfGroup, Set<CheckId> fresh) {
        List<VisitStanding> own = visitsOfGroup.stream()
                .filter(visit -> visit.patient().equals(key.patient()))
                .toList();
        Set<WorkItem> worklist = new TreeSet<>();
        for (VisitStanding visit : own) {
            if (!(visit.standing() instanceof Standing.Confirmed)) {
                worklist.add(workItem(key, visit));
            }
        }
        Set<CheckId> answered = answered(facts);
        Set<CheckId> unusable = checks(facts, Fact.EvidenceFoundUnusable.class);
        unusable.removeAll(fresh);
        Set<Question> questions = new TreeSet<>();
        Set<CheckId> evidence = new HashSet<>();
        for (Fact fact : facts) {
            if (fact instanceof Fact.CheckRecorded check && check.evidence() instanceof Evidence.Card) {
                VisitStanding visit = visitOf(check, key, visitsOfGroup);
                boolean confirmed = visit != null && visit.standing() instanceof Standing.Confirmed;
                boolean unanswered = !answered.contains(check.check());
                if (!confirmed || unanswered) {
                    evidence.add(check.check());
                }
                if (visit != null && !confirmed && unanswered && !unusable.contains(check.check())) {
                    questions.add(question(key, check));
                }
            }
        }
        return new Obligations(own, worklist, questions, evidence);
    }

    static Set<CheckId> answered(List<Fact> facts) {
        return checks(facts, Fact.AnswerReceived.class);
    }

    private static Set<CheckId> checks(List<Fact> facts, Class<? extends Fact.Sealed> kind) {
        Set<CheckId> checks = new HashSet<>();
        for (Fact fact : facts) {
            if (kind.isInstance(fact)) {
                checks.add(kind.cast(fact).check());
            }
        }
        return checks;
    }

    /// The visit as filed under this patient, or else under one joined with it.
    private static @Nullable VisitStanding visitOf(
            Fact.CheckRecorded check, PatientMonth key, List<VisitStanding> visitsOfGroup) {
        VisitStanding found = null;
        for (VisitStanding visit : visitsOfGroup) {
            if (visit.visit().equals(check.visit())
                    && (found == null || visit.patient().equals(key.patient()))) {
                found = visit;
            }
        }
        return found;
    }

    private static WorkItem workItem(PatientMonth key, VisitStanding visit) {
        return new WorkItem(
                key.clinic(),
                visit.treatmentDate(),
                visit.visit(),
                visit.patient(),
                visit.kind(),
                visit.standing().word());
    }

    private static Question question(PatientMonth key, Fact.CheckRecorded card) {
        return new Question(key.month(), card.kind(), card.check(), key.clinic(), key.patient(), card.treatmentDate());
    }
}
