package jp.kakunin.load.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.CommitResult;
import jp.kakunin.hub.journal.ForwardingJournal;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.journal.Summary;

/// A journal that says "committed" and has written something else: what a load test is there to notice.
final class SpoiltJournal {
    private SpoiltJournal() {}

    /// @param spoil changes the summaries of a commit before they are written; nobody is told
    static Journal of(Journal honest, UnaryOperator<Map<PatientMonth, Summary>> spoil) {
        return new ForwardingJournal(honest) {
            @Override
            public CompletableFuture<CommitResult> commit(Commit commit) {
                return journal.commit(new Commit(
                        commit.clinic(),
                        commit.expected(),
                        commit.next(),
                        commit.entries(),
                        spoil.apply(commit.summaries()),
                        commit.streams(),
                        commit.attachments(),
                        commit.quarantine(),
                        commit.worklist(),
                        commit.questions()));
            }
        };
    }

    /// Keeps what the hub derived and loses the facts it was derived from: the history shows nothing of it.
    static Journal losingFacts(Journal honest) {
        return new ForwardingJournal(honest) {
            @Override
            public CompletableFuture<CommitResult> commit(Commit commit) {
                return journal.commit(new Commit(
                        commit.clinic(),
                        commit.expected(),
                        commit.next(),
                        List.of(),
                        commit.summaries(),
                        commit.streams(),
                        commit.attachments(),
                        commit.quarantine(),
                        commit.worklist(),
                        commit.questions()));
            }
        };
    }

    static Map<PatientMonth, Summary> lose(Map<PatientMonth, Summary> summaries) {
        return Map.of();
    }

    static Map<PatientMonth, Summary> doubleVisits(Map<PatientMonth, Summary> summaries) {
        return changed(summaries, visits -> {
            List<VisitStanding> doubled = new ArrayList<>(visits);
            doubled.addAll(visits);
            return doubled;
        });
    }

    static Map<PatientMonth, Summary> stand(Map<PatientMonth, Summary> summaries, Standing standing) {
        return changed(
                summaries,
                visits -> visits.stream()
                        .map(visit -> new VisitStanding(
                                visit.visit(),
                                visit.patient(),
                                visit.kind(),
                                visit.treatmentDate(),
                                standing,
                                visit.proof(),
                                visit.notices()))
                        .toList());
    }

    private static Map<PatientMonth, Summary> changed(
            Map<PatientMonth, Summary> summaries, UnaryOperator<List<VisitStanding>> visits) {
        Map<PatientMonth, Summary> changed = new HashMap<>();
        summaries.forEach(
                (key, summary) -> changed.put(key, new Summary(summary.encoded(), visits.apply(summary.visits()))));
        return changed;
    }
}
