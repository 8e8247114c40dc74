package jp.kakunin.hub.journal;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jp.kakunin.codec.JournalCodec;
import jp.kakunin.codec.MalformedFrameException;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.journal.ClosedMonth;
import jp.kakunin.keys.MonthKeys;
import jp.kakunin.keys.SealingKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets months: hide, count, drop, destroy the key. Counting reads a whole month, so all but the hiding is done on
/// a thread of its own, while the committer goes on. Each step may be cut off and is taken up by the next opening.
final class MonthCloser implements AutoCloseable {
    private static final int STOP_SECONDS_MAX = 30;

    /// In a receipt: patient-months that were damaged.
    private static final String UNREADABLE = "UNREADABLE";

    private static final Logger LOG = LoggerFactory.getLogger(MonthCloser.class);

    private final Store store;
    private final Heads heads;
    private final Committer committer;
    private final MonthKeys keys;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("month-closer").daemon().factory());

    private volatile boolean stopping;

    MonthCloser(Store store, Heads heads, Committer committer, MonthKeys keys) {
        this.store = store;
        this.heads = heads;
        this.committer = committer;
        this.keys = keys;
    }

    /// Completes when nothing of the month and of those before it can be read any more.
    CompletableFuture<@Nullable Void> close(TreatmentMonth month) {
        return committer.hide(month).thenApplyAsync(_ -> finish(month), thread);
    }

    private @Nullable Void finish(TreatmentMonth through) {
        List<TreatmentMonth> months =
                List.copyOf(store.hidden().headMap(through, true).keySet());
        for (TreatmentMonth month : months) {
            // A backup brought it back after its key was destroyed: there is nothing to count.
            committer
                    .bury(month, keys.isDestroyed(month) ? null : remains(month))
                    .join()
                    .run();
        }
        keys.destroy(through);
        return null;
    }

    private ClosedMonth remains(TreatmentMonth month) {
        SealingKey key = keys.find(month);
        if (key == null) {
            throw new JournalBrokenException("the key of month " + month + " is missing");
        }
        return heads.remains(month, key.id()).counted(standings(month));
    }

    private SortedMap<String, Long> standings(TreatmentMonth month) {
        SortedMap<String, Long> counts = new TreeMap<>();
        Pace pace = new Pace();
        try {
            store.scanHidden(month, new byte[] {Keys.SUMMARY}, value -> {
                count(value, counts);
                pace.step();
                return !stopping;
            });
        } catch (JournalBrokenException e) {
            LOG.error("month {} cannot be counted to its end; it is forgotten all the same", month, e);
            counts.merge(UNREADABLE, 1L, Long::sum);
        }
        if (stopping) {
            throw new JournalBrokenException("the journal is closed; it goes on forgetting when it is opened again");
        }
        return counts;
    }

    private static void count(byte @Nullable [] summary, SortedMap<String, Long> counts) {
        try {
            if (summary == null) {
                counts.merge(UNREADABLE, 1L, Long::sum);
            } else {
                JournalCodec.decodeStandings(summary).forEach(standing -> counts.merge(standing.word(), 1L, Long::sum));
            }
        } catch (MalformedFrameException _) {
            counts.merge(UNREADABLE, 1L, Long::sum);
        }
    }

    /// Works and rests in turns, so that those who record into the next month keep most of the processor.
    private static final class Pace {
        private static final long WORK_NANOS = 2_000_000;
        private static final long REST_NANOS = 2_000_000;

        private long begun = System.nanoTime();

        void step() {
            if (System.nanoTime() - begun > WORK_NANOS) {
                LockSupport.parkNanos(REST_NANOS);
                begun = System.nanoTime();
            }
        }
    }

    /// Leaves what is not finished to the next opening.
    @Override
    public void close() {
        stopping = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new JournalBrokenException("forgetting a month did not stop in time");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
