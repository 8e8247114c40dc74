package jp.kakunin.load.simulation;

import java.util.concurrent.CompletableFuture;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.CommitResult;
import jp.kakunin.hub.journal.ForwardingJournal;
import jp.kakunin.hub.journal.Journal;

/// A journal that is sometimes full, sometimes overtaken, and sometimes the last thing the hub does.
final class UnreliableJournal extends ForwardingJournal {
    private final Weather weather;
    private final SimulatedHub hub;
    private final Happenings happenings;

    UnreliableJournal(Journal journal, Weather weather, SimulatedHub hub, Happenings happenings) {
        super(journal);
        this.weather = weather;
        this.hub = hub;
        this.happenings = happenings;
    }

    @Override
    public CompletableFuture<CommitResult> commit(Commit commit) {
        if (weather.conflicts()) {
            happenings.count(Happening.CONFLICT);
            return CompletableFuture.completedFuture(new CommitResult.Conflict(journal.head(commit.clinic())));
        }
        if (weather.fillsTheQueue()) {
            happenings.count(Happening.FULL);
            return CompletableFuture.completedFuture(new CommitResult.Full());
        }
        CompletableFuture<CommitResult> committed = journal.commit(commit);
        if (!weather.killsTheHubInCommit()) {
            return committed;
        }
        happenings.count(Happening.HUB_CRASH_IN_COMMIT);
        if (weather.flip()) {
            hub.crash();
            return committed;
        }
        // Durable, but nobody is told.
        return committed.thenApply(result -> {
            hub.crash();
            return result;
        });
    }
}
