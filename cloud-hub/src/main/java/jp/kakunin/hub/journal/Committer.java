package jp.kakunin.hub.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.codec.JournalCodec;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.journal.ClosedMonth;
import jp.kakunin.journal.Head;
import jp.kakunin.keys.MonthKeys;
import jp.kakunin.keys.SealingKey;
import jp.kakunin.keys.VaultException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// The one thread that writes. It takes what is waiting, judges each commit against the head it would follow,
/// writes all that hold in one batch with one sync, and only then tells those who wait. There is no timer: while
/// one group is being synced, the next one gathers.
final class Committer {
    /// Commits that may wait for the disk.
    static final int COMMITS_MAX = 8_192;

    private static final int GROUP_COMMITS_MAX = 1_024;
    private static final long GROUP_BYTES_MAX = 8L << 20;

    private final Store store;
    private final Heads heads;
    private final MonthKeys keys;
    private final SyncObserver observer;
    private final BlockingQueue<Work> queue = new ArrayBlockingQueue<>(COMMITS_MAX);
    private final Thread thread = new Thread(this::run, "journal-committer");
    private final CompletableFuture<JournalBrokenException> failure = new CompletableFuture<>();
    private volatile @Nullable JournalBrokenException broken;
    private boolean stopping;

    private sealed interface Work {}

    private record Write(
            Commit commit, Set<TreatmentMonth> months, List<Row> rows, CompletableFuture<CommitResult> done)
            implements Work {}

    private record Hide(TreatmentMonth month, CompletableFuture<@Nullable Void> done) implements Work {}

    private record Bury(TreatmentMonth month, @Nullable ClosedMonth remains, CompletableFuture<Runnable> done)
            implements Work {}

    private record Stop() implements Work {}

    Committer(Store store, Heads heads, MonthKeys keys, SyncObserver observer) {
        this.store = store;
        this.heads = heads;
        this.keys = keys;
        this.observer = observer;
    }

    void start() {
        thread.start();
    }

    /// Completes when nothing more can be written, but not when the journal is closed in peace.
    CompletableFuture<JournalBrokenException> failure() {
        return failure.copy();
    }

    CompletableFuture<CommitResult> commit(Commit commit) {
        if (broken != null) {
            return CompletableFuture.failedFuture(broken);
        }
        Map<TreatmentMonth, SealingKey> sealing = new TreeMap<>();
        for (TreatmentMonth month : commit.months()) {
            SealingKey key;
            try {
                key = heads.isClosed(month) ? null : keys.of(month);
            } catch (VaultException e) {
                JournalBrokenException cause = new JournalBrokenException("no key can be made for " + month, e);
                breakWith(cause);
                return CompletableFuture.failedFuture(cause);
            }
            if (key == null) {
                return CompletableFuture.completedFuture(new CommitResult.MonthClosed(month));
            }
            sealing.put(month, key);
        }
        Write write = new Write(commit, sealing.keySet(), Row.of(commit, sealing), new CompletableFuture<>());
        return queue.offer(write) ? write.done() : CompletableFuture.completedFuture(new CommitResult.Full());
    }

    /// From here on nobody reads the month and those before it, and commits to them are refused.
    CompletableFuture<@Nullable Void> hide(TreatmentMonth month) {
        Hide hide = new Hide(month, new CompletableFuture<>());
        return put(hide) ? hide.done() : CompletableFuture.failedFuture(new InterruptedException());
    }

    /// Keeps what is left of a hidden month and drops the rest; completes with what closes it, for another thread.
    CompletableFuture<Runnable> bury(TreatmentMonth month, @Nullable ClosedMonth remains) {
        Bury bury = new Bury(month, remains, new CompletableFuture<>());
        return put(bury) ? bury.done() : CompletableFuture.failedFuture(new InterruptedException());
    }

    /// Writes what was handed in before, then ends.
    void stop() {
        if (put(new Stop())) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean put(Work work) {
        try {
            queue.put(work);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        while (!stopping) {
            try {
                take(queue.take());
            } catch (InterruptedException e) {
                breakWith(new JournalBrokenException("the committer was interrupted", e));
                stopping = true;
            }
        }
        if (broken == null) {
            broken = new JournalBrokenException("the journal is closed");
        }
        List<Work> late = new ArrayList<>();
        queue.drainTo(late);
        late.forEach(this::refuse);
    }

    private void take(Work first) {
        if (broken != null) {
            stopping |= first instanceof Stop;
            refuse(first);
            return;
        }
        switch (first) {
            case Write write -> writeGroup(write);
            case Hide hide -> hideMonths(hide);
            case Bury bury -> buryMonth(bury);
            case Stop _ -> stopping = true;
        }
    }

    private void writeGroup(Write first) {
        Map<InstitutionCode, Head> moved = new HashMap<>();
        List<Write> taken = new ArrayList<>();
        List<Write> held = new ArrayList<>();
        try (WriteBatch batch = new WriteBatch()) {
            Write next = first;
            while (next != null) {
                taken.add(next);
                if (stage(batch, next, moved)) {
                    held.add(next);
                }
                next = held.size() < GROUP_COMMITS_MAX && batch.getDataSize() < GROUP_BYTES_MAX ? nextWrite() : null;
            }
            for (Map.Entry<InstitutionCode, Head> head : moved.entrySet()) {
                Head kept = heads.kept(head.getKey(), head.getValue());
                store.stage(batch, new Row(null, Keys.head(head.getKey()), JournalCodec.encode(kept)));
            }
            if (!held.isEmpty()) {
                long begun = System.nanoTime();
                store.write(batch);
                observer.synced(held.size(), System.nanoTime() - begun);
            }
        } catch (Throwable e) {
            // Even an Error: whoever handed something in must hear, and nothing may be written behind a doubtful write.
            breakWith(new JournalBrokenException("writing failed; nothing more is taken until a restart", e));
            taken.forEach(this::refuse);
            return;
        }
        for (Write write : held) {
            write.done().complete(new CommitResult.Committed(write.commit().next()));
        }
    }

    private @Nullable Write nextWrite() {
        if (queue.peek() instanceof Write) {
            return (Write) queue.poll();
        }
        return null;
    }

    /// Puts a commit into the batch if it holds; otherwise tells its owner at once.
    private boolean stage(WriteBatch batch, Write write, Map<InstitutionCode, Head> moved) throws RocksDBException {
        Commit commit = write.commit();
        for (TreatmentMonth month : write.months()) {
            if (heads.isClosed(month)) {
                write.done().complete(new CommitResult.MonthClosed(month));
                return false;
            }
        }
        Head actual = moved.getOrDefault(commit.clinic(), heads.of(commit.clinic()));
        if (!actual.equals(commit.expected())) {
            write.done().complete(new CommitResult.Conflict(actual));
            return false;
        }
        for (TreatmentMonth month : write.months()) {
            store.ensure(month);
        }
        for (Row row : write.rows()) {
            // What is to be removed from a month that is gone, is gone.
            if (row.month() == null || store.months().containsKey(row.month())) {
                store.stage(batch, row);
            }
        }
        moved.put(commit.clinic(), commit.next());
        return true;
    }

    private void hideMonths(Hide hide) {
        try {
            hideNow(hide.month());
            hide.done().complete(null);
        } catch (Throwable e) {
            breakWith(new JournalBrokenException("closing " + hide.month() + " failed", e));
            refuse(hide);
        }
    }

    /// The mark that the month is closed is durable before anything is dropped: a crash between leaves it to the
    /// next opening.
    void hideNow(TreatmentMonth month) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            List<TreatmentMonth> months =
                    List.copyOf(store.months().headMap(month, true).keySet());
            TreatmentMonth through = heads.close(month);
            byte[] index =
                    ByteBuffer.allocate(Integer.BYTES).putInt(through.index()).array();
            store.stage(batch, new Row(null, Keys.CLOSED, index));
            store.write(batch);
            months.forEach(store::hide);
        }
    }

    private void buryMonth(Bury bury) {
        try (WriteBatch batch = new WriteBatch()) {
            if (bury.remains() != null) {
                store.stage(batch, new Row(null, Keys.remains(bury.month()), JournalCodec.encode(bury.remains())));
                store.write(batch);
            }
            bury.done().complete(store.drop(bury.month()));
        } catch (Throwable e) {
            breakWith(new JournalBrokenException("dropping " + bury.month() + " failed", e));
            refuse(bury);
        }
    }

    private synchronized void breakWith(JournalBrokenException cause) {
        if (broken == null) {
            broken = cause;
            failure.complete(cause);
        }
    }

    private void refuse(Work work) {
        JournalBrokenException cause = broken == null ? new JournalBrokenException("the journal is closed") : broken;
        switch (work) {
            case Write write -> write.done().completeExceptionally(cause);
            case Hide hide -> hide.done().completeExceptionally(cause);
            case Bury bury -> bury.done().completeExceptionally(cause);
            case Stop _ -> {}
        }
    }
}
