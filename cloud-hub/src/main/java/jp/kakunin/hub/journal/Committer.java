package jp.kakunin.hub.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.codec.JournalCodec;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.journal.Head;
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
    private final SyncObserver observer;
    private final BlockingQueue<Work> queue = new ArrayBlockingQueue<>(COMMITS_MAX);
    private final Thread thread = new Thread(this::run, "journal-committer");
    private final CompletableFuture<JournalBrokenException> failure = new CompletableFuture<>();
    private volatile @Nullable JournalBrokenException broken;
    private boolean stopping;

    private sealed interface Work {}

    private record Write(Commit commit, List<Row> rows, CompletableFuture<CommitResult> done) implements Work {}

    private record Close(TreatmentMonth month, CompletableFuture<@Nullable Void> done) implements Work {}

    private record Stop() implements Work {}

    Committer(Store store, Heads heads, SyncObserver observer) {
        this.store = store;
        this.heads = heads;
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
        Write write = new Write(commit, Row.of(commit), new CompletableFuture<>());
        return queue.offer(write) ? write.done() : CompletableFuture.completedFuture(new CommitResult.Full());
    }

    CompletableFuture<@Nullable Void> close(TreatmentMonth month) {
        Close close = new Close(month, new CompletableFuture<>());
        return put(close) ? close.done() : CompletableFuture.failedFuture(new InterruptedException());
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
            case Close close -> closeMonth(close);
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
                store.stage(batch, new Row(null, Keys.head(head.getKey()), JournalCodec.encode(head.getValue())));
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
        for (TreatmentMonth month : commit.months()) {
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
        for (TreatmentMonth month : commit.months()) {
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

    /// The mark that the month is closed is durable before anything is dropped: a crash between leaves it to the
    /// next opening.
    private void closeMonth(Close close) {
        try (WriteBatch batch = new WriteBatch()) {
            TreatmentMonth through = heads.close(close.month());
            byte[] index =
                    ByteBuffer.allocate(Integer.BYTES).putInt(through.index()).array();
            store.stage(batch, new Row(null, Keys.CLOSED, index));
            store.write(batch);
            for (TreatmentMonth month :
                    List.copyOf(store.months().headMap(close.month(), true).keySet())) {
                store.drop(month);
            }
            close.done().complete(null);
        } catch (Throwable e) {
            breakWith(new JournalBrokenException("closing " + close.month() + " failed", e));
            refuse(close);
        }
    }

    private void breakWith(JournalBrokenException cause) {
        if (broken == null) {
            broken = cause;
            failure.complete(cause);
        }
    }

    private void refuse(Work work) {
        JournalBrokenException cause = broken == null ? new JournalBrokenException("the journal is closed") : broken;
        switch (work) {
            case Write write -> write.done().completeExceptionally(cause);
            case Close close -> close.done().completeExceptionally(cause);
            case Stop _ -> {}
        }
    }
}
