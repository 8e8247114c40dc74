package jp.kakunin.hub.journal;

import java.security.KeyPair;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.journal.ClosedMonth;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.StreamId;
import jp.kakunin.journal.StreamState;
import jp.kakunin.journal.Summary;
import org.jspecify.annotations.Nullable;

/// A journal that behaves like another one, up to what a subclass changes.
public abstract class ForwardingJournal implements Journal {
    protected final Journal journal;

    protected ForwardingJournal(Journal journal) {
        this.journal = journal;
    }

    @Override
    public Incarnation incarnation() {
        return journal.incarnation();
    }

    @Override
    public Head head(InstitutionCode clinic) {
        return journal.head(clinic);
    }

    @Override
    public @Nullable StreamState stream(StreamId stream) {
        return journal.stream(stream);
    }

    @Override
    public Map<StreamId, StreamState> streams(InstitutionCode clinic) {
        return journal.streams(clinic);
    }

    @Override
    public Map<PatientMonth, Summary> summaries(Collection<PatientMonth> wanted) {
        return journal.summaries(wanted);
    }

    @Override
    public void forEachSummary(
            InstitutionCode clinic,
            TreatmentMonth month,
            @Nullable PatientId after,
            BiPredicate<PatientId, Summary> visitor) {
        journal.forEachSummary(clinic, month, after, visitor);
    }

    @Override
    public List<ClosedMonth> closedMonths() {
        return journal.closedMonths();
    }

    @Override
    public List<Positioned> read(InstitutionCode clinic, TreatmentMonth month, long afterPosition, int factsMax) {
        return journal.read(clinic, month, afterPosition, factsMax);
    }

    @Override
    public byte @Nullable [] attachment(InstitutionCode clinic, TreatmentMonth month, CheckId check) {
        return journal.attachment(clinic, month, check);
    }

    @Override
    public @Nullable SetAside quarantined(InstitutionCode clinic, TreatmentMonth month, Digest content) {
        return journal.quarantined(clinic, month, content);
    }

    @Override
    public void forEachQuarantined(@Nullable InstitutionCode clinic, Predicate<SetAside> visitor) {
        journal.forEachQuarantined(clinic, visitor);
    }

    @Override
    public List<WorkItem> worklist(@Nullable WorkItem after, int itemsMax) {
        return journal.worklist(after, itemsMax);
    }

    @Override
    public List<Question> questions(@Nullable Question after, int questionsMax) {
        return journal.questions(after, questionsMax);
    }

    @Override
    public @Nullable TreatmentMonth closedThrough() {
        return journal.closedThrough();
    }

    @Override
    public CompletableFuture<CommitResult> commit(Commit commit) {
        return journal.commit(commit);
    }

    @Override
    public CompletableFuture<@Nullable Void> closeMonth(TreatmentMonth month) {
        return journal.closeMonth(month);
    }

    @Override
    public @Nullable KeyPair exportKeys(TreatmentMonth month) {
        return journal.exportKeys(month);
    }

    @Override
    public void close() {
        journal.close();
    }
}
