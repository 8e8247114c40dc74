package jp.kakunin.hub.reconcile;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.journal.SetAside;
import jp.kakunin.hub.journal.WorkItem;
import jp.kakunin.journal.EncodedFact;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.StreamId;
import jp.kakunin.journal.StreamState;
import jp.kakunin.journal.Summary;
import org.jspecify.annotations.Nullable;

/// All that is derived from the facts of a clinic-month, made anew by the very code that keeps it up to date: as if a
/// clinic that holds nothing had taken all those facts in one batch.
///
/// @param questions those that are open; a question of [#mayBeGone] may have been given up
/// @param mayBeGone evidence was found unusable, and came later: whether it was then looked at no fact tells
/// @param evidence the checks whose evidence must be kept, of those whose evidence is there
public record Rebuild(
        Map<PatientId, Summary> summaries,
        Set<WorkItem> worklist,
        Set<Question> questions,
        Set<CheckId> mayBeGone,
        Set<CheckId> evidence) {
    private static final byte[] KEPT = {};

    /// @param facts of the month, in the order of their positions
    /// @param following those of the month behind it, which also speak about this one
    /// @param kept the checks of this month whose evidence is stored
    public static Rebuild of(
            InstitutionCode clinic,
            TreatmentMonth month,
            List<EncodedFact> facts,
            List<EncodedFact> following,
            Set<CheckId> kept) {
        ClinicView view = new Nothing(clinic, month);
        Draft draft = new Draft(clinic, view.head());
        Ledger ledger = new Ledger(view, draft, new PatientMonths(view));
        Set<CheckId> mayBeGone = new HashSet<>();
        Stream.concat(facts.stream(), following.stream()).forEach(each -> {
            // What is set aside is in no summary.
            if (!(each.fact() instanceof Fact.Quarantined)) {
                ledger.add(each, null, view.now());
            }
            if (each.fact() instanceof Fact.EvidenceFoundUnusable found) {
                mayBeGone.add(found.check());
            }
        });
        kept.forEach(check -> ledger.attach(check, KEPT));
        ledger.judge();
        return of(month, draft.commit(), mayBeGone);
    }

    private static Rebuild of(TreatmentMonth month, Commit derived, Set<CheckId> mayBeGone) {
        Map<PatientId, Summary> summaries = new HashMap<>();
        derived.summaries().forEach((key, summary) -> {
            if (key.month().equals(month)) {
                summaries.put(key.patient(), summary);
            }
        });
        Set<WorkItem> worklist = new TreeSet<>(derived.worklist().put().keySet());
        worklist.removeIf(item -> !item.month().equals(month));
        Set<Question> questions = new TreeSet<>(derived.questions().put().keySet());
        questions.removeIf(question -> !question.month().equals(month));
        Set<CheckId> evidence = new HashSet<>();
        derived.attachments().put().keySet().forEach(key -> {
            if (key.month().equals(month)) {
                evidence.add(key.check());
            }
        });
        return new Rebuild(summaries, worklist, questions, mayBeGone, evidence);
    }

    /// A clinic that holds nothing yet. The month before is closed to it: its facts are not here.
    private record Nothing(InstitutionCode clinic, TreatmentMonth first) implements ClinicView {
        @Override
        public Head head() {
            return Head.EMPTY;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public @Nullable StreamState stream(StreamId stream) {
            return null;
        }

        @Override
        public Map<PatientMonth, Summary> summaries(Collection<PatientMonth> wanted) {
            return Map.of();
        }

        @Override
        public @Nullable SetAside quarantined(TreatmentMonth month, Digest content) {
            return null;
        }

        @Override
        public boolean hasEvidence(TreatmentMonth month, CheckId check) {
            return false;
        }

        @Override
        public boolean isClosed(TreatmentMonth month) {
            return month.compareTo(first) < 0;
        }
    }
}
