package jp.kakunin.hub.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Reconciliation;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.hub.journal.Commit.AttachmentKey;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.journal.WorkItem;
import jp.kakunin.journal.EncodedFact;
import jp.kakunin.journal.JournalEntry.Origin;
import jp.kakunin.journal.Summary;
import org.jspecify.annotations.Nullable;

/// Takes facts into a draft and derives all that follows from them: standings, obligations, questions, kept evidence.
final class Ledger {
    private final Draft draft;
    private final ClinicView view;
    private final PatientMonths patientMonths;
    private final Set<PatientMonth> changed = new LinkedHashSet<>();
    private final Set<PatientMonth> judged = new HashSet<>();
    private final Map<CheckId, byte[]> attachments = new HashMap<>();
    /// Under the name of one of these another may be owed: two patients may each have a check of the same visit.
    private final Set<WorkItem> settled = new TreeSet<>();

    Ledger(ClinicView view, Draft draft, PatientMonths patientMonths) {
        this.view = view;
        this.draft = draft;
        this.patientMonths = patientMonths;
    }

    void add(EncodedFact added, @Nullable Origin origin, Instant receivedAt) {
        Envelope envelope = added.fact().envelope();
        draft.append(envelope.month(), receivedAt, origin, added.bytes());
        patientMonths.add(added);
        changed.add(PatientMonth.of(envelope));
    }

    void attach(CheckId check, byte[] sealed) {
        attachments.put(check, sealed);
    }

    /// Adds evidence that was missing so far to a check that is held; kept only if it is still needed.
    void complete(Fact.CheckRecorded check, byte[] sealed) {
        attach(check.check(), sealed);
        changed.add(PatientMonth.of(check.envelope()));
    }

    /// A fact speaks about its own month and about the one before.
    void judge() {
        for (PatientMonth key : changed) {
            TreatmentMonth month = key.month();
            List<TreatmentMonth> reach = List.of(month.previous(), month, month.next());
            Set<PatientId> group = patientMonths.group(key, reach);
            judge(key, month, group);
            if (!view.isClosed(month.previous())) {
                judge(key, month.previous(), group);
            }
        }
    }

    private void judge(PatientMonth key, TreatmentMonth month, Set<PatientId> group) {
        List<PatientMonth> keys = group.stream()
                .map(patient -> new PatientMonth(key.clinic(), month, patient))
                .toList();
        boolean nothingHere = keys.stream().allMatch(each -> patientMonths.factsIn(each) == 0);
        if (nothingHere || !judged.addAll(keys)) {
            return;
        }
        List<Fact> facts = new ArrayList<>();
        List<VisitStanding> before = new ArrayList<>();
        for (PatientMonth each : keys) {
            facts.addAll(patientMonths.facts(each));
            facts.addAll(patientMonths.facts(new PatientMonth(each.clinic(), month.next(), each.patient())));
            before.addAll(patientMonths.before(each).visits());
        }
        List<VisitStanding> after = Reconciliation.judge(month, facts);
        List<Change> changes =
                keys.stream().map(each -> change(each, before, after)).toList();
        // A join may move a visit to another patient: its row is taken away before it is written again.
        changes.forEach(this::takeAway);
        changes.forEach(this::write);
    }

    private record Change(PatientMonth key, Obligations before, Obligations after) {}

    private Change change(PatientMonth key, List<VisitStanding> visitsBefore, List<VisitStanding> visitsAfter) {
        List<Fact> facts = patientMonths.facts(key);
        // A check that was found unusable may be asked about all the same, if its evidence came later: once it is
        // answered, whoever brought the answer, that question goes.
        Set<CheckId> answered = Obligations.answered(facts);
        return new Change(
                key,
                Obligations.of(key, patientMonths.factsBefore(key), visitsBefore, answered),
                Obligations.of(key, facts, visitsAfter, attachments.keySet()));
    }

    private void takeAway(Change change) {
        Set<WorkItem> owed = change.after().worklist();
        change.before().worklist().stream().filter(item -> !owed.contains(item)).forEach(this::settle);
        Set<Question> open = change.after().questions();
        change.before().questions().stream()
                .filter(question -> !open.contains(question))
                .forEach(draft::dropQuestion);
        Set<CheckId> kept = change.after().evidence();
        change.before().evidence().stream()
                .filter(check -> !kept.contains(check))
                .forEach(check -> draft.detach(new AttachmentKey(change.key().month(), check)));
    }

    private void settle(WorkItem item) {
        settled.add(item);
        draft.settle(item);
    }

    private void write(Change change) {
        PatientMonth key = change.key();
        Summary before = patientMonths.before(key);
        List<VisitStanding> visits = change.after().visits();
        if (patientMonths.factsIn(key) != before.encoded().size() || !visits.equals(before.visits())) {
            draft.summary(key, patientMonths.after(key, visits));
        }
        Set<WorkItem> owedBefore = Set.copyOf(change.before().worklist());
        change.after().worklist().stream()
                .filter(item -> !owedBefore.contains(item) || settled.contains(item))
                .forEach(draft::owe);
        Set<Question> asked = change.before().questions();
        change.after().questions().stream()
                // With evidence that was missing, a question that was given up can be asked.
                .filter(question -> !asked.contains(question) || attachments.containsKey(question.check()))
                .forEach(draft::ask);
        for (CheckId check : change.after().evidence()) {
            byte[] sealed = attachments.get(check);
            if (sealed != null) {
                draft.attach(new AttachmentKey(key.month(), check), sealed);
            }
        }
    }
}
