package jp.kakunin.hub.exchange;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.hub.fleet.Counters;
import jp.kakunin.hub.fleet.Counters.Event;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.CommitResult;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.JournalBrokenException;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.reconcile.ClinicView;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides for a part of the clinics, on one executor that runs one task at a time. While one clinic waits for the
/// disk the others go on; of those that are ready, the ones with a patient waiting go first.
final class Shard {
    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
    private static final int SMALL_GRANT_BYTES = Limits.BATCH_BYTES_MAX / 8;

    private final ExchangeSettings settings;
    private final Journal journal;
    private final InstantSource clock;
    private final Executor executor;
    private final Counters counters;
    private final List<CommitListener> listeners;
    private final Waiters waiters;
    private final AtomicInteger liveQueued = new AtomicInteger();
    private final AtomicInteger backlogQueued = new AtomicInteger();

    // From here on only on the executor.
    private final Map<InstitutionCode, Lane> lanes = new HashMap<>();
    private final SequencedSet<Lane> readyLive = new LinkedHashSet<>();
    private final SequencedSet<Lane> readyBacklog = new LinkedHashSet<>();
    private int commitsInFlight;
    private boolean pumping;

    Shard(
            ExchangeSettings settings,
            Journal journal,
            InstantSource clock,
            Executor executor,
            Counters counters,
            List<CommitListener> listeners,
            Waiters waiters) {
        this.settings = settings;
        this.journal = journal;
        this.clock = clock;
        this.executor = executor;
        this.counters = counters;
        this.listeners = listeners;
        this.waiters = waiters;
    }

    /// Reserves a place in the queue; `false` if there is none.
    boolean admit(boolean live) {
        AtomicInteger queued = live ? liveQueued : backlogQueued;
        int max = live ? settings.liveBatchesMax() : settings.backlogBatchesMax();
        if (queued.incrementAndGet() <= max) {
            return true;
        }
        queued.decrementAndGet();
        return false;
    }

    void giveBack(boolean live) {
        (live ? liveQueued : backlogQueued).decrementAndGet();
    }

    /// Takes a job that was admitted.
    void submit(Job job) {
        executor.execute(() -> {
            Lane lane = lanes.computeIfAbsent(job.clinic(), Lane::new);
            lane.add(job);
            list(lane);
            pump();
        });
    }

    void await(Waiter waiter) {
        executor.execute(() -> waiters.await(waiter));
    }

    /// The fuller the queue, the less each device may send at a time.
    Grant grant() {
        boolean crowded = backlogQueued.get() > settings.backlogBatchesMax() / 2;
        return crowded
                ? new Grant(Limits.LIVE_FACTS_MAX, SMALL_GRANT_BYTES)
                : new Grant(Limits.BATCH_FACTS_MAX, Limits.BATCH_BYTES_MAX);
    }

    private void list(Lane lane) {
        if (lane.isReadyLive()) {
            readyLive.add(lane);
        }
        if (lane.isReady()) {
            readyBacklog.add(lane);
        }
    }

    /// One job a turn, so that whoever comes meanwhile is seen in the next.
    private void pump() {
        if (pumping) {
            return;
        }
        Lane lane = nextLane();
        if (lane != null) {
            pumping = true;
            readyLive.remove(lane);
            readyBacklog.remove(lane);
            executor.execute(() -> {
                pumping = false;
                pump();
            });
            Job job = lane.occupy();
            if (job != null) {
                giveBack(job.live());
                decide(lane, job, 0);
            }
        }
    }

    private @Nullable Lane nextLane() {
        if (!readyLive.isEmpty()) {
            return readyLive.getFirst();
        }
        boolean mayStart = commitsInFlight < settings.commitsInFlightMax();
        return mayStart && !readyBacklog.isEmpty() ? readyBacklog.getFirst() : null;
    }

    /// Whatever goes wrong with one job, its clinic goes on with the next.
    private void decide(Lane lane, Job job, int conflicts) {
        try {
            Commit commit = decided(job, ClinicView.of(journal, lane.clinic(), clock.instant()));
            if (commit == null) {
                release(lane);
                return;
            }
            commit(lane, job, commit, conflicts);
        } catch (RuntimeException e) {
            job.failed(e);
            release(lane);
        }
    }

    /// The cause may quote what is in the facts, so only its kind is told.
    private static @Nullable Commit decided(Job job, ClinicView view) {
        try {
            return job.decide(view);
        } catch (JournalBrokenException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error(
                    "deciding failed for clinic {}: {}",
                    job.clinic(),
                    e.getClass().getName());
            job.undecidable(e);
            return null;
        }
    }

    private void commit(Lane lane, Job job, Commit commit, int conflicts) {
        CompletableFuture<CommitResult> committing = journal.commit(commit);
        commitsInFlight++;
        var _ = committing.whenCompleteAsync(
                (result, failure) -> settle(lane, job, commit, conflicts, result, failure), executor);
    }

    private void settle(
            Lane lane,
            Job job,
            Commit commit,
            int conflicts,
            @Nullable CommitResult result,
            @Nullable Throwable failure) {
        commitsInFlight--;
        switch (result) {
            case null -> job.failed(failure == null ? new IllegalStateException("no result") : failure);
            case CommitResult.Committed _ -> {
                counters.count(Event.COMMIT);
                job.done();
                executor.execute(() -> tell(commit, job.live(), job.knowing()));
            }
            case CommitResult.Conflict _, CommitResult.MonthClosed _ -> {
                counters.count(Event.CONFLICT);
                if (conflicts < settings.conflictsMax()) {
                    decide(lane, job, conflicts + 1);
                    return;
                }
                job.busy();
            }
            case CommitResult.Full _ -> job.busy();
        }
        release(lane);
    }

    /// Each is told even if another one fails.
    private void tell(Commit commit, boolean live, @Nullable Instance knowing) {
        List<Question> questions = List.copyOf(commit.questions().put().keySet());
        for (CommitListener listener : listeners) {
            guarded(() -> listener.committed(commit.clinic(), questions, live));
        }
        if (!commit.entries().isEmpty()) {
            guarded(() -> waiters.wake(commit.clinic(), knowing));
        }
    }

    private static void guarded(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            LOG.error("telling about a commit failed: {}", e.getClass().getName());
        }
    }

    private void release(Lane lane) {
        lane.release();
        if (lane.isIdle()) {
            lanes.remove(lane.clinic());
        } else {
            list(lane);
        }
        pump();
    }
}
