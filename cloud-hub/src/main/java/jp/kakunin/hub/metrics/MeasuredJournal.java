package jp.kakunin.hub.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Fact;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.CommitResult;
import jp.kakunin.hub.journal.ForwardingJournal;
import jp.kakunin.hub.journal.Journal;

/// A journal that is timed: how long a commit takes until it is durable, what was answered, and whether the disk
/// failed.
public final class MeasuredJournal extends ForwardingJournal {
    private final Timer commits;
    private final AnswerCounts answers;
    private volatile boolean broken;

    public MeasuredJournal(Journal journal, MeterRegistry registry) {
        super(journal);
        this.answers = new AnswerCounts(registry);
        this.commits = Timer.builder("kakunin.commit")
                .description("From handing a commit to the journal until it is durable")
                .serviceLevelObjectives(HubMetrics.LATENCIES)
                .register(registry);
    }

    /// Whether a commit ever failed: then nothing more is taken until the hub is started again.
    public boolean isBroken() {
        return broken;
    }

    @Override
    public CompletableFuture<CommitResult> commit(Commit commit) {
        long begun = System.nanoTime();
        return journal.commit(commit).whenComplete((result, failure) -> {
            commits.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            if (failure != null) {
                broken = true;
            } else if (result instanceof CommitResult.Committed) {
                commit.entries().forEach(this::count);
            }
        });
    }

    /// Only the hub's own facts have no origin, so only those are read.
    private void count(Commit.Entry entry) {
        if (entry.entry().origin() == null
                && FactCodec.decode(entry.entry().fact()) instanceof Decoded.Known(Fact fact)
                && fact instanceof Fact.AnswerReceived answer) {
            answers.count(answer.answer());
        }
    }
}
