package jp.kakunin.load.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.CommitResult;
import jp.kakunin.hub.journal.ForwardingJournal;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.journal.JournalEntry;

/// A journal that says "committed" and has written something else: what a load test is there to notice.
final class SpoiltJournal {
    private SpoiltJournal() {}

    /// @param spoil changes the entries of a commit before they are written; its head stays, so nobody is told
    static Journal of(Journal honest, UnaryOperator<List<Commit.Entry>> spoil) {
        return new ForwardingJournal(honest) {
            @Override
            public CompletableFuture<CommitResult> commit(Commit commit) {
                return journal.commit(spoilt(commit, spoil));
            }
        };
    }

    static List<Commit.Entry> loseLast(List<Commit.Entry> entries) {
        return entries.subList(0, Math.max(0, entries.size() - 1));
    }

    /// The first fact in the place of the second, too.
    static List<Commit.Entry> doubleFirst(List<Commit.Entry> entries) {
        List<Commit.Entry> doubled = new ArrayList<>(entries);
        if (entries.size() > 1) {
            doubled.set(1, withFact(entries.get(1), entries.getFirst().entry().fact()));
        }
        return doubled;
    }

    static List<Commit.Entry> replaceFirst(List<Commit.Entry> entries, byte[] fact) {
        List<Commit.Entry> replaced = new ArrayList<>(entries);
        if (!entries.isEmpty()) {
            replaced.set(0, withFact(entries.getFirst(), fact));
        }
        return replaced;
    }

    private static Commit.Entry withFact(Commit.Entry at, byte[] fact) {
        JournalEntry entry = at.entry();
        return new Commit.Entry(
                at.month(), at.position(), new JournalEntry(entry.chain(), entry.receivedAt(), entry.origin(), fact));
    }

    private static Commit spoilt(Commit commit, UnaryOperator<List<Commit.Entry>> spoil) {
        return new Commit(
                commit.clinic(),
                commit.expected(),
                commit.next(),
                spoil.apply(commit.entries()),
                commit.summaries(),
                commit.streams(),
                commit.attachments(),
                commit.quarantine(),
                commit.worklist(),
                commit.questions());
    }
}
