package jp.kakunin.load.simulation;

import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.CommitResult;
import jp.kakunin.hub.journal.ForwardingJournal;
import jp.kakunin.hub.journal.Journal;
import org.jspecify.annotations.Nullable;

/// A journal that is sometimes full, sometimes overtaken, and sometimes the last thing the hub does.
final class UnreliableJournal extends ForwardingJournal {
    private final Weather weather;
    private final SimulatedHub hub;
    private final SimulatedTime time;
    private final Diary diary;
    private final Happenings happenings;
    private int inFlight;

    UnreliableJournal(Journal journal, Weather weather, SimulatedHub hub, SimulatedTime time, Diary diary) {
        super(journal);
        this.weather = weather;
        this.hub = hub;
        this.time = time;
        this.diary = diary;
        happenings = diary.happenings();
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
        inFlight++;
        CompletableFuture<CommitResult> committed = journal.commit(commit).whenComplete((result, _) -> {
            inFlight--;
            if (result instanceof CommitResult.Committed) {
                diary.committed(commit);
            }
        });
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

    @Override
    public CompletableFuture<@Nullable Void> closeMonth(TreatmentMonth month) {
        Promise.P1.demand(month.isClosedAt(time.instant()), month + " is forgotten before its close");
        TreatmentMonth through = journal.closedThrough();
        if (through == null || through.compareTo(month) < 0) {
            happenings.count(Happening.MONTH_CLOSED);
            diary.closing(journal, month);
            if (inFlight > 0) {
                happenings.count(Happening.MONTH_CLOSED_WITH_COMMITS_IN_FLIGHT);
            }
        }
        return journal.closeMonth(month);
    }
}
