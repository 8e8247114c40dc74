package jp.kakunin.hub.verify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.PatientId;
import jp.kakunin.hub.journal.JournalImage;
import jp.kakunin.hub.journal.WorkItem;
import jp.kakunin.hub.reconcile.Rebuild;
import jp.kakunin.journal.EncodedFact;
import jp.kakunin.journal.Summary;
import org.jspecify.annotations.Nullable;

/// Compares all that is derived in one clinic-month with what its facts give when they are taken anew.
final class DerivedRows {
    private final JournalImage image;
    private final QuestionRows questions;
    private final Findings findings;
    private final ClinicMonth month;
    private final List<EncodedFact> following;

    DerivedRows(
            JournalImage image,
            QuestionRows questions,
            Findings findings,
            ClinicMonth month,
            List<EncodedFact> following) {
        this.image = image;
        this.questions = questions;
        this.findings = findings;
        this.month = month;
        this.following = following;
    }

    void compare() {
        Set<CheckId> kept = keptEvidence();
        Rebuild rebuilt = Rebuild.of(month.clinic, month.month, month.facts, following, kept);
        summaries(rebuilt.summaries());
        worklist(rebuilt.worklist());
        questions.compare(month, rebuilt);
        kept.removeAll(rebuilt.evidence());
        kept.forEach(check ->
                month.found(Check.EVIDENCE, month.positionOf(check), "is kept although it is no longer needed"));
        quarantine();
    }

    private Set<CheckId> keptEvidence() {
        Set<CheckId> kept = new HashSet<>();
        image.attachments(month.clinic, month.month, (check, bytes) -> {
            findings.examined(Check.EVIDENCE);
            kept.add(check);
            Digest named = month.evidence.get(check);
            if (named != null && (bytes == null || !Digest.of(bytes).equals(named))) {
                month.found(Check.EVIDENCE, month.positionOf(check), "is not the one its check names");
            }
        });
        return kept;
    }

    private void summaries(Map<PatientId, Summary> expected) {
        Map<PatientId, Summary> missing = new HashMap<>(expected);
        image.summaries(month.clinic, month.month, (patient, stored) -> {
            findings.examined(Check.SUMMARY);
            String what = difference(missing.remove(patient), stored);
            if (what != null) {
                month.found(Check.SUMMARY, month.positionOf(patient), what);
            }
        });
        missing.keySet()
                .forEach(patient -> month.found(Check.SUMMARY, month.positionOf(patient), "there is no summary"));
    }

    private static @Nullable String difference(@Nullable Summary expected, @Nullable Summary stored) {
        if (stored == null) {
            return "the summary cannot be read";
        }
        if (expected == null) {
            return "there is a summary without facts";
        }
        if (!stored.encoded().equals(expected.encoded())) {
            return "the summary has other facts";
        }
        return stored.visits().equals(expected.visits()) ? null : "the summary has other standings";
    }

    /// Rows are found by what names them; standing and patient are beside that.
    private void worklist(Set<WorkItem> expected) {
        NavigableMap<WorkItem, WorkItem> missing = new TreeMap<>();
        expected.forEach(item -> missing.put(item, item));
        image.worklist(month.clinic, month.month, (_, item) -> {
            findings.examined(Check.WORKLIST);
            if (item == null) {
                month.found(Check.WORKLIST, 0, "a row cannot be read");
                return;
            }
            WorkItem owed = missing.remove(item);
            if (owed == null) {
                month.found(Check.WORKLIST, month.positionOf(item.visit()), "is owed although nothing is open");
            } else if (!owed.equals(item)) {
                month.found(Check.WORKLIST, month.positionOf(item.visit()), "names another standing or patient");
            }
        });
        missing.keySet()
                .forEach(item -> month.found(
                        Check.WORKLIST, month.positionOf(item.visit()), "an open obligation is not listed"));
    }

    private void quarantine() {
        Map<Digest, Long> missing = new HashMap<>(month.setAside);
        image.quarantine(month.clinic, month.month, (content, setAside) -> {
            findings.examined(Check.QUARANTINE);
            Long position = missing.remove(content);
            if (setAside != null && setAside.isTaken()) {
                return;
            }
            if (position == null) {
                month.found(Check.QUARANTINE, 0, "bytes were set aside without a fact about it");
            } else if (setAside == null || !Digest.of(setAside.fact()).equals(content)) {
                month.found(Check.QUARANTINE, position, "the bytes set aside are others");
            } else if (setAside.position() != position) {
                month.found(Check.QUARANTINE, position, "the bytes set aside name another fact about them");
            }
        });
        missing.values().forEach(position -> month.found(Check.QUARANTINE, position, "the bytes set aside are gone"));
    }
}
