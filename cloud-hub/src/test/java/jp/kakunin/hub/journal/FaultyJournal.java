package jp.kakunin.hub.journal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.journal.Commit.Changes;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.Head.Tip;
import org.jspecify.annotations.Nullable;

/// A journal with one fault.
final class FaultyJournal extends ForwardingJournal {
    enum Fault {
        TAKES_STALE_COMMITS,
        LOSES_SUMMARIES,
        KEEPS_REMOVED_ROWS,
        LEAVES_GAPS,
        BREAKS_THE_CHAIN,
        KEEPS_CLOSED_MONTHS,
        IGNORES_THE_ORDER_OF_QUESTIONS,
        FORGETS_AT_RESTART
    }

    private final Fault fault;

    FaultyJournal(Journal good, Fault fault) {
        super(good);
        this.fault = fault;
    }

    Journal good() {
        return journal;
    }

    @Override
    public CompletableFuture<CommitResult> commit(Commit commit) {
        Commit wrong = switch (fault) {
            case TAKES_STALE_COMMITS -> rebuilt(commit, journal.head(commit.clinic()), commit.entries());
            case LEAVES_GAPS -> rebuilt(commit, commit.expected(), shifted(commit.entries()));
            case BREAKS_THE_CHAIN -> rebuilt(commit, commit.expected(), unchained(commit.next()), commit.entries());
            case LOSES_SUMMARIES, KEEPS_REMOVED_ROWS -> rebuilt(commit, commit.expected(), commit.entries());
            case KEEPS_CLOSED_MONTHS, IGNORES_THE_ORDER_OF_QUESTIONS, FORGETS_AT_RESTART -> commit;
        };
        return journal.commit(wrong);
    }

    @Override
    public CompletableFuture<@Nullable Void> closeMonth(TreatmentMonth month) {
        return fault == Fault.KEEPS_CLOSED_MONTHS ? CompletableFuture.completedFuture(null) : journal.closeMonth(month);
    }

    @Override
    public List<Question> questions(@Nullable Question after, int questionsMax) {
        List<Question> inOrder = journal.questions(after, questionsMax);
        return fault == Fault.IGNORES_THE_ORDER_OF_QUESTIONS ? inOrder.reversed() : inOrder;
    }

    private Commit rebuilt(Commit commit, Head expected, List<Commit.Entry> entries) {
        return rebuilt(commit, expected, commit.next(), entries);
    }

    private Commit rebuilt(Commit commit, Head expected, Head next, List<Commit.Entry> entries) {
        return new Commit(
                commit.clinic(),
                expected,
                next,
                entries,
                fault == Fault.LOSES_SUMMARIES ? Map.of() : commit.summaries(),
                commit.streams(),
                changes(commit.attachments()),
                changes(commit.quarantine()),
                changes(commit.worklist()),
                changes(commit.questions()));
    }

    private <K, V> Changes<K, V> changes(Changes<K, V> changes) {
        return fault == Fault.KEEPS_REMOVED_ROWS ? new Changes<>(changes.put(), Set.of()) : changes;
    }

    private static List<Commit.Entry> shifted(List<Commit.Entry> entries) {
        return entries.stream()
                .map(entry -> new Commit.Entry(entry.month(), entry.position() + 1, entry.entry()))
                .toList();
    }

    private static Head unchained(Head head) {
        SortedMap<TreatmentMonth, Tip> tips = new TreeMap<>(head.tips());
        tips.replaceAll((_, tip) -> new Tip(tip.position(), Digest.ZERO));
        return new Head(head.revision(), tips);
    }
}
