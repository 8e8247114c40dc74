package jp.kakunin.hub.exchange;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.hub.fleet.Counters;
import jp.kakunin.hub.fleet.Counters.Event;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.reconcile.ClinicView;
import jp.kakunin.hub.reconcile.Decider;
import jp.kakunin.hub.reconcile.Decision;
import jp.kakunin.hub.reconcile.Sender;
import org.jspecify.annotations.Nullable;

/// One batch of a push.
final class BatchJob implements Job {
    private final Decider decider;
    private final Counters counters;
    private final Sender sender;
    private final Batch batch;
    private final Supplier<Grant> grant;
    private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    private Decision.@Nullable Store decided;

    /// What became of the batch: an answer for its stream, or the request to come again.
    sealed interface Verdict {
        record Answered(StreamReply reply) implements Verdict {}

        record Later() implements Verdict {}
    }

    BatchJob(Decider decider, Counters counters, Sender sender, Batch batch, Supplier<Grant> grant) {
        this.decider = decider;
        this.counters = counters;
        this.sender = sender;
        this.batch = batch;
        this.grant = grant;
    }

    CompletableFuture<Verdict> verdict() {
        return verdict;
    }

    @Override
    public InstitutionCode clinic() {
        return batch.clinic();
    }

    @Override
    public boolean live() {
        return batch.live();
    }

    @Override
    public @Nullable Commit decide(ClinicView view) {
        return switch (decider.decide(view, sender, batch, grant.get())) {
            case Decision.Store store -> {
                decided = store;
                yield store.commit();
            }
            case Decision.Nothing(StreamReply reply) -> {
                count(reply);
                verdict.complete(new Verdict.Answered(reply));
                yield null;
            }
        };
    }

    @Override
    public void done() {
        if (decided != null) {
            counters.count(batch.facts().size(), decided.tally());
            decided.quarantined().forEach(counters::count);
            if (decided.newEpoch()) {
                counters.count(Event.NEW_EPOCH);
            }
            verdict.complete(new Verdict.Answered(decided.reply()));
        }
    }

    @Override
    public @Nullable Instance knowing() {
        return decided != null && decided.quarantined().isEmpty() ? sender.instance() : null;
    }

    @Override
    public void busy() {
        verdict.complete(new Verdict.Later());
    }

    /// The edge sends less at a time, until what cannot be decided about stands alone: the rest must not wait for
    /// it.
    @Override
    public void undecidable(Throwable cause) {
        counters.count(Refusal.UNDECIDABLE);
        verdict.complete(
                new Verdict.Answered(new StreamReply.Refused(batch.clinic(), batch.epoch(), Refusal.UNDECIDABLE)));
    }

    @Override
    public void failed(Throwable cause) {
        verdict.completeExceptionally(cause);
    }

    private void count(StreamReply reply) {
        switch (reply) {
            case StreamReply.Resume resume -> {
                counters.count(Event.RESUME);
                if (isFork(resume.position())) {
                    counters.count(Event.FORK);
                }
            }
            case StreamReply.Refused refused -> counters.count(refused.refusal());
            case StreamReply.Acknowledged _ -> {}
        }
    }

    /// A batch sent again reaches the very pair that is held; another hash under the same number is another life.
    private boolean isFork(StreamPosition held) {
        StreamPosition reached = batch.follows();
        for (SentFact sent : batch.facts()) {
            if (reached.seq() < held.seq()) {
                reached = reached.after(sent.fact());
            }
        }
        return reached.seq() == held.seq() && !reached.equals(held);
    }
}
