package jp.kakunin.hub.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.journal.WorkItem;
import org.jspecify.annotations.Nullable;

/// How much is open, counted in the journal when somebody wants to know, at most every few seconds.
public final class OpenCounts {
    /// Beyond this number of rows the count stops: what is open is then "at least so much".
    public static final int COUNTED_MAX = 200_000;

    private static final int PAGE_ROWS = 1_000;
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Journal journal;
    private final InstantSource clock;
    private final Executor reader;
    private volatile Counted last = new Counted(Instant.MIN, 0, 0);

    public OpenCounts(Journal journal, InstantSource clock, Executor reader) {
        this.journal = journal;
        this.clock = clock;
        this.reader = reader;
    }

    private record Counted(Instant at, int deferrals, int questions) {}

    int deferrals() {
        return last.deferrals();
    }

    int questions() {
        return last.questions();
    }

    /// Counts again unless that was done a moment ago; tells whether it did.
    public CompletableFuture<Boolean> refresh() {
        Instant now = clock.instant();
        Instant at = last.at();
        if (!at.equals(Instant.MIN) && now.isBefore(at.plus(FRESH)) && !now.isBefore(at)) {
            return CompletableFuture.completedFuture(false);
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    last = new Counted(now, countDeferrals(), countQuestions());
                    return true;
                },
                reader);
    }

    private int countDeferrals() {
        int counted = 0;
        int seen = 0;
        @Nullable WorkItem after = null;
        while (seen < COUNTED_MAX) {
            List<WorkItem> page = journal.worklist(after, PAGE_ROWS);
            counted += (int) page.stream().filter(WorkItem::isOwed).count();
            if (page.size() < PAGE_ROWS) {
                break;
            }
            seen += page.size();
            after = page.getLast();
        }
        return counted;
    }

    private int countQuestions() {
        int counted = 0;
        @Nullable Question after = null;
        while (counted < COUNTED_MAX) {
            List<Question> page = journal.questions(after, PAGE_ROWS);
            counted += page.size();
            if (page.size() < PAGE_ROWS) {
                break;
            }
            after = page.getLast();
        }
        return counted;
    }
}
