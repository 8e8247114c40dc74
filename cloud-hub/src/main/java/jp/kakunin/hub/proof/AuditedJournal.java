package jp.kakunin.hub.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.CommitResult;
import jp.kakunin.hub.journal.ForwardingJournal;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.journal.Summary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A journal that keeps an audit stub of every answer it has committed. A stub is written soon after its answer, not
/// with it: a crash may cost the last ones, and the proof number is verified without.
public final class AuditedJournal extends ForwardingJournal {
    private static final Logger LOG = LoggerFactory.getLogger(AuditedJournal.class);

    private final AuditStubs stubs;
    private final int months;
    private final Executor executor;
    private @Nullable TreatmentMonth swept;

    /// @param months how long stubs outlive the close of their month, at least 1
    /// @param executor runs one task at a time and may block
    public AuditedJournal(Journal journal, AuditStubs stubs, int months, Executor executor) {
        super(journal);
        this.stubs = stubs;
        this.months = months;
        this.executor = executor;
        executor.execute(this::sweep);
    }

    @Override
    public CompletableFuture<CommitResult> commit(Commit commit) {
        return journal.commit(commit).whenComplete((result, _) -> {
            if (result instanceof CommitResult.Committed) {
                keep(commit);
            }
        });
    }

    /// What is committed is committed: no trouble with its stub may look like a failed commit.
    private void keep(Commit commit) {
        try {
            Map<TreatmentMonth, List<AuditStub>> answered = answered(commit);
            if (!answered.isEmpty()) {
                executor.execute(() -> write(answered));
            }
        } catch (RuntimeException e) {
            LOG.error("an audit stub is lost, mostly because the hub stops", e);
        }
    }

    /// Only the hub's own facts have no origin, so an answer that an edge gives back has no second stub.
    private static Map<TreatmentMonth, List<AuditStub>> answered(Commit commit) {
        Map<TreatmentMonth, List<AuditStub>> answered = new HashMap<>();
        for (Commit.Entry entry : commit.entries()) {
            if (entry.entry().origin() == null
                    && FactCodec.decode(entry.entry().fact()) instanceof Decoded.Known(Fact fact)
                    && fact instanceof Fact.AnswerReceived answer) {
                answered.computeIfAbsent(entry.month(), _ -> new ArrayList<>())
                        .add(new AuditStub(
                                answer.answeredAt(),
                                method(commit, answer),
                                answer.answer().outcome(),
                                answer.number()));
            }
        }
        return answered;
    }

    /// The answer is committed with the summary of its patient-month, and that holds the check.
    private static AuditStub.Method method(Commit commit, Fact.AnswerReceived answer) {
        Summary summary = commit.summaries().getOrDefault(PatientMonth.of(answer.envelope()), Summary.EMPTY);
        return summary.facts().stream()
                .filter(fact -> fact instanceof Fact.CheckRecorded check
                        && check.check().equals(answer.check()))
                .map(fact -> AuditStub.Method.of(((Fact.CheckRecorded) fact).evidence()))
                .findFirst()
                .orElse(AuditStub.Method.CARD_PIN);
    }

    private void write(Map<TreatmentMonth, List<AuditStub>> answered) {
        try {
            for (var month : answered.entrySet()) {
                stubs.append(month.getKey(), month.getValue());
            }
        } catch (IOException e) {
            LOG.error("audit stubs cannot be written; proof numbers are verified without them", e);
        }
        sweep();
    }

    /// Months count as past when the journal closed them, never by the clock alone.
    private void sweep() {
        TreatmentMonth closed = journal.closedThrough();
        if (closed == null || closed.equals(swept)) {
            return;
        }
        try {
            stubs.deleteThrough(TreatmentMonth.ofIndex(closed.index() - months));
            swept = closed;
        } catch (IOException e) {
            LOG.error("old audit stubs cannot be deleted", e);
        }
    }
}
