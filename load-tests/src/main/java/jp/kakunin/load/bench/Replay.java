package jp.kakunin.load.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import jp.kakunin.codec.AnswerSeal;
import jp.kakunin.domain.IdSource;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.CommitResult;
import jp.kakunin.hub.journal.Durability;
import jp.kakunin.hub.journal.RocksJournal;
import jp.kakunin.hub.proof.ProofNumbers;
import jp.kakunin.hub.reconcile.ClinicView;
import jp.kakunin.hub.reconcile.Decider;
import jp.kakunin.hub.reconcile.Decision;
import jp.kakunin.hub.reconcile.Sender;
import jp.kakunin.keys.MonthKeys;

/// The same facts without network: every batch decided beforehand, then the decided commits written to a journal of the
/// same kind with the same syncs. What the exchange costs on top is the difference.
final class Replay implements AutoCloseable {
    private static final int SEAL_BYTES = 32;
    private static final Grant GRANT = new Grant(500, 1_000_000);

    private final RocksJournal decided;
    private final RocksJournal written;
    private final Decider decider;
    private final IdSource ids;
    private final InstantSource clock;
    private final ExecutorService callers =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

    Replay(Path folder, InstantSource clock, RandomGenerator random) throws IOException {
        this.clock = clock;
        this.ids = new IdSource(clock, random);
        this.decider =
                new Decider(new AnswerSeal(new byte[SEAL_BYTES]), new ProofNumbers(new byte[SEAL_BYTES], random), ids);
        MonthKeys keys = MonthKeys.open(new KeyFolder(folder.resolve("month-keys")), new SecureRandom());
        this.decided = RocksJournal.open(folder.resolve("decided"), keys, Durability.SYNC, random);
        this.written = RocksJournal.open(folder.resolve("written"), keys, Durability.SYNC, random);
    }

    /// @param decideNanos spent on deciding alone, one batch after the other
    /// @param writeNanos spent on writing all commits, as many at once as there were streams
    record Times(long decideNanos, long writeNanos) {}

    Times run(List<Lane> lanes) {
        long deciding = 0;
        List<List<Commit>> commits = new ArrayList<>();
        for (Lane lane : lanes) {
            Sender sender = new Sender(ids.device(), ids.instance(), Sender.Trust.FULL);
            List<Commit> ofLane = new ArrayList<>();
            for (Batch batch : lane.batches()) {
                long begun = System.nanoTime();
                Commit commit = decide(sender, batch);
                deciding += System.nanoTime() - begun;
                committed(decided.commit(commit).join());
                ofLane.add(commit);
            }
            commits.add(ofLane);
        }
        long begun = System.nanoTime();
        CompletableFuture.allOf(commits.stream().map(each -> write(each, 0)).toArray(CompletableFuture[]::new))
                .join();
        return new Times(deciding, System.nanoTime() - begun);
    }

    @Override
    public void close() {
        callers.shutdown();
        decided.close();
        written.close();
    }

    private Commit decide(Sender sender, Batch batch) {
        ClinicView view = ClinicView.of(decided, batch.clinic(), clock.instant());
        if (decider.decide(view, sender, batch, GRANT) instanceof Decision.Store store) {
            return store.commit();
        }
        throw new IllegalStateException("a batch that the hub took is not taken without network");
    }

    private CompletableFuture<Void> write(List<Commit> commits, int index) {
        return index == commits.size()
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.completedFuture(commits.get(index))
                        .thenComposeAsync(written::commit, callers)
                        .thenCompose(result -> {
                            committed(result);
                            return write(commits, index + 1);
                        });
    }

    private static void committed(CommitResult result) {
        if (!(result instanceof CommitResult.Committed)) {
            throw new IllegalStateException("a commit was not taken: " + result);
        }
    }
}
