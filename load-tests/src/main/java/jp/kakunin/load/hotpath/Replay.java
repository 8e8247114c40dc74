package jp.kakunin.load.hotpath;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jp.kakunin.codec.AnswerSeal;
import jp.kakunin.codec.ExchangeCodec;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.Instance;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
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
import jp.kakunin.load.replay.LoadHub;

/// Facts of the same shape without network: decided slice by slice beside the clock, and the decided commits handed to
/// a
/// journal of the same settings under the clock. What the exchange costs on top is the difference. Between the slices
/// the
/// store's compaction catches up unmeasured, so the replay is flattered rather than slighted.
final class Replay implements AutoCloseable {
    private static final int SEAL_BYTES = 32;
    private static final Grant GRANT = new Grant(500, 1_000_000);

    private final RocksJournal journal;
    private final Decider decider;
    private final IdSource ids;
    private final InstantSource clock;
    private final Sender sender;
    private final ExecutorService callers =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

    Replay(Path folder, InstantSource clock, SecureRandom random) throws IOException {
        this.clock = clock;
        this.ids = new IdSource(clock, random);
        this.sender = new Sender(ids.device(), ids.instance(), Sender.Trust.FULL);
        this.decider =
                new Decider(new AnswerSeal(new byte[SEAL_BYTES]), new ProofNumbers(new byte[SEAL_BYTES], random), ids);
        MonthKeys keys = MonthKeys.open(new KeyFolder(folder.resolve("month-keys")), random);
        this.journal = RocksJournal.open(folder.resolve("store"), keys, Durability.SYNC, random);
    }

    /// @param decideNanos of one thread, with reading what is decided upon
    /// @param writeNanos from the first commit of a slice to the last acknowledgement, over all slices
    record Result(long facts, long decideNanos, long writeNanos) {
        double factsPerSecond() {
            return facts / (writeNanos / 1e9);
        }

        double decideMicros() {
            return decideNanos / 1e3 / facts;
        }

        String text() {
            return String.format(
                    Locale.ROOT,
                    "replay    %,.0f facts/s written without network (%,d facts); deciding takes %.1f µs a fact on one thread%n",
                    factsPerSecond(),
                    facts,
                    decideMicros());
        }

        JsonObject json() {
            return new JsonObject()
                    .put("facts", facts)
                    .put("factsPerSecond", factsPerSecond())
                    .put("decideMicrosPerFact", decideMicros());
        }
    }

    Result run(Rig.Shape shape, int clinics, long facts) {
        Foundry foundry = new Foundry(shape.mixed(), clock, new SplittableRandom(shape.seed()));
        Instance instance = ids.instance();
        Instant now = clock.instant();
        ClinicStream[] streams = new ClinicStream[clinics];
        Arrays.setAll(streams, i -> new ClinicStream(LoadHub.clinic(i), ids.epoch(), instance, shape.live(), now));
        long counted = 0;
        long deciding = 0;
        long writing = 0;
        for (Slice slice : Slice.plan(facts, shape.facts(), clinics)) {
            List<Batch> batches = new ArrayList<>();
            for (int i = 0; i < slice.clinics(); i++) {
                batches.add(batch(streams[(slice.first() + i) % clinics].next(foundry, shape.facts())));
            }
            long begun = System.nanoTime();
            List<Commit> commits = new ArrayList<>();
            for (int i = 0; i < slice.clinics(); i++) {
                commits.add(decide(batches.get(i), streams[(slice.first() + i) % clinics]));
            }
            long decided = System.nanoTime();
            CompletableFuture.allOf(commits.stream().map(this::write).toArray(CompletableFuture[]::new))
                    .join();
            long written = System.nanoTime();
            if (slice.counts()) {
                counted += (long) slice.clinics() * shape.facts();
                deciding += decided - begun;
                writing += written - decided;
            }
        }
        return new Result(counted, deciding, writing);
    }

    @Override
    public void close() {
        callers.shutdown();
        journal.close();
    }

    private static Batch batch(ClinicStream.Push push) {
        byte[] body = Arrays.copyOf(push.body(), push.length());
        if (ExchangeCodec.decodeRequest(body) instanceof Request.Push(var _, var _, List<Batch> batches)) {
            return batches.getFirst();
        }
        throw new IllegalStateException("a push was made that is none");
    }

    private Commit decide(Batch batch, ClinicStream stream) {
        ClinicView view = ClinicView.of(journal, batch.clinic(), clock.instant());
        if (decider.decide(view, sender, batch, GRANT) instanceof Decision.Store store) {
            stream.acknowledged(new Reply(
                    journal.incarnation(), view.now(), Reply.Policy.DEFAULT, new Reply.Pushed(List.of(store.reply()))));
            return store.commit();
        }
        throw new IllegalStateException("a batch that the hub takes is not taken without network");
    }

    private CompletableFuture<Void> write(Commit commit) {
        return CompletableFuture.completedFuture(commit)
                .thenComposeAsync(journal::commit, callers)
                .thenAccept(result -> {
                    if (!(result instanceof CommitResult.Committed)) {
                        throw new IllegalStateException("a commit was not taken: " + result);
                    }
                });
    }
}
