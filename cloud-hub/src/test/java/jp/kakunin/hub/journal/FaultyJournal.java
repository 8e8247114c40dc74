package jp.kakunin.hub.journal;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.journal.Commit.Changes;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.JournalEntry;
import jp.kakunin.journal.StreamId;
import jp.kakunin.journal.StreamState;
import jp.kakunin.journal.Summary;
import org.jspecify.annotations.Nullable;

/// A journal with one fault.
final class FaultyJournal implements Journal {
    enum Fault {
        TAKES_STALE_COMMITS,
        LOSES_SUMMARIES,
        KEEPS_REMOVED_ROWS,
        LEAVES_GAPS,
        BREAKS_THE_CHAIN,
        KEEPS_CLOSED_MONTHS,
        IGNORES_THE_ORDER_OF_QUESTIONS,
        FORGETS_AT_RESTART
    }

    private final Journal good;
    private final Fault fault;

    FaultyJournal(Journal good, Fault fault) {
        this.good = good;
        this.fault = fault;
    }

    Journal good() {
        return good;
    }

    @Override
    public CompletableFuture<CommitResult> commit(Commit commit) {
        Commit wrong = switch (fault) {
            case TAKES_STALE_COMMITS -> rebuilt(commit, good.head(commit.clinic()), commit.entries());
            case LEAVES_GAPS -> rebuilt(commit, commit.expected(), shifted(commit.entries()));
            case BREAKS_THE_CHAIN -> rebuilt(commit, commit.expected(), unchained(commit.entries()));
            case LOSES_SUMMARIES, KEEPS_REMOVED_ROWS -> rebuilt(commit, commit.expected(), commit.entries());
            case KEEPS_CLOSED_MONTHS, IGNORES_THE_ORDER_OF_QUESTIONS, FORGETS_AT_RESTART -> commit;
        };
        return good.commit(wrong);
    }

    @Override
    public CompletableFuture<@Nullable Void> closeMonth(TreatmentMonth month) {
        return fault == Fault.KEEPS_CLOSED_MONTHS ? CompletableFuture.completedFuture(null) : good.closeMonth(month);
    }

    @Override
    public List<Question> questions(@Nullable Question after, int questionsMax) {
        List<Question> inOrder = good.questions(after, questionsMax);
        return fault == Fault.IGNORES_THE_ORDER_OF_QUESTIONS ? inOrder.reversed() : inOrder;
    }

    private Commit rebuilt(Commit commit, Head expected, List<Commit.Entry> entries) {
        return new Commit(
                commit.clinic(),
                expected,
                commit.next(),
                entries,
                fault == Fault.LOSES_SUMMARIES ? Map.of() : commit.summaries(),
                commit.streams(),
                changes(commit.attachments()),
                changes(commit.quarantine()),
                changes(commit.worklist()),
                changes(commit.questions()));
    }

    private <K, V> Changes<K, V> changes(Changes<K, V> changes) {
        return fault == Fault.KEEPS_REMOVED_ROWS ? new Changes<>(changes.put(), Set.of()) : changes;
    }

    private static List<Commit.Entry> shifted(List<Commit.Entry> entries) {
        return entries.stream()
                .map(entry -> new Commit.Entry(entry.month(), entry.position() + 1, entry.entry()))
                .toList();
    }

    private static List<Commit.Entry> unchained(List<Commit.Entry> entries) {
        return entries.stream()
                .map(entry -> new Commit.Entry(entry.month(), entry.position(), unchained(entry)))
                .toList();
    }

    private static JournalEntry unchained(Commit.Entry entry) {
        return new JournalEntry(
                Digest.ZERO,
                entry.entry().receivedAt(),
                entry.entry().origin(),
                entry.entry().fact());
    }

    @Override
    public Incarnation incarnation() {
        return good.incarnation();
    }

    @Override
    public Head head(InstitutionCode clinic) {
        return good.head(clinic);
    }

    @Override
    public @Nullable StreamState stream(StreamId stream) {
        return good.stream(stream);
    }

    @Override
    public Map<StreamId, StreamState> streams(InstitutionCode clinic) {
        return good.streams(clinic);
    }

    @Override
    public Map<PatientMonth, Summary> summaries(Collection<PatientMonth> wanted) {
        return good.summaries(wanted);
    }

    @Override
    public void forEachSummary(InstitutionCode clinic, TreatmentMonth month, BiConsumer<PatientId, Summary> visitor) {
        good.forEachSummary(clinic, month, visitor);
    }

    @Override
    public List<Positioned> read(InstitutionCode clinic, TreatmentMonth month, long afterPosition, int factsMax) {
        return good.read(clinic, month, afterPosition, factsMax);
    }

    @Override
    public byte @Nullable [] attachment(InstitutionCode clinic, TreatmentMonth month, CheckId check) {
        return good.attachment(clinic, month, check);
    }

    @Override
    public byte @Nullable [] quarantined(InstitutionCode clinic, TreatmentMonth month, Digest content) {
        return good.quarantined(clinic, month, content);
    }

    @Override
    public List<WorkItem> worklist(@Nullable WorkItem after, int itemsMax) {
        return good.worklist(after, itemsMax);
    }

    @Override
    public @Nullable TreatmentMonth closedThrough() {
        return good.closedThrough();
    }

    @Override
    public void close() {
        good.close();
    }
}
