package jp.kakunin.hub.journal;

import java.security.KeyPair;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
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

/// Keeps the facts of all clinics and what is derived from them, and forgets them by treatment month.
///
/// Reads block and see only what is durable; nothing of a closed month is ever read again. Whoever decides reads
/// the head first: the commit is taken only while the clinic still has that head.
public interface Journal extends AutoCloseable {
    /// This life of the store; another one after each restore from a backup.
    Incarnation incarnation();

    /// [Head#EMPTY] for a clinic never seen. Months that are closed are not part of it.
    Head head(InstitutionCode clinic);

    @Nullable
    StreamState stream(StreamId stream);

    Map<StreamId, StreamState> streams(InstitutionCode clinic);

    /// [Summary#EMPTY] if nothing is known of that patient-month.
    default Summary summary(PatientMonth patientMonth) {
        return summaries(List.of(patientMonth)).getOrDefault(patientMonth, Summary.EMPTY);
    }

    /// Several summaries in one read; those that are empty are left out.
    Map<PatientMonth, Summary> summaries(Collection<PatientMonth> wanted);

    /// The summaries of a clinic-month, while the visitor wants more, in an order that stays the same.
    ///
    /// @param after the patient behind whom to begin, or null for all
    void forEachSummary(
            InstitutionCode clinic,
            TreatmentMonth month,
            @Nullable PatientId after,
            BiPredicate<PatientId, Summary> visitor);

    /// All of them.
    default void forEachSummary(InstitutionCode clinic, TreatmentMonth month, BiConsumer<PatientId, Summary> visitor) {
        forEachSummary(clinic, month, null, (patient, summary) -> {
            visitor.accept(patient, summary);
            return true;
        });
    }

    /// The facts behind a position, in position order.
    List<Positioned> read(InstitutionCode clinic, TreatmentMonth month, long afterPosition, int factsMax);

    /// The sealed card evidence of a check, while it is kept.
    byte @Nullable [] attachment(InstitutionCode clinic, TreatmentMonth month, CheckId check);

    /// What lies in quarantine, by the digest of its bytes and the month of receipt.
    @Nullable
    SetAside quarantined(InstitutionCode clinic, TreatmentMonth month, Digest content);

    /// What lies in quarantine, by the month of receipt, the clinic, and the digest, while the visitor wants more.
    /// It must not read the journal. What is damaged is passed over.
    ///
    /// @param clinic null for all clinics
    void forEachQuarantined(@Nullable InstitutionCode clinic, Predicate<SetAside> visitor);

    /// Open obligations of all clinics by due date, behind `after`.
    List<WorkItem> worklist(@Nullable WorkItem after, int itemsMax);

    /// Open questions to the authority of all clinics in the order in which to ask, behind `after`.
    List<Question> questions(@Nullable Question after, int questionsMax);

    /// The newest month that was closed; it and all older ones are gone.
    @Nullable
    TreatmentMonth closedThrough();

    /// Completes once everything in it is durable. What comes after a full queue or a closed month is a result; a
    /// failed future means that the disk failed, and the journal takes nothing more until it is opened again.
    CompletableFuture<CommitResult> commit(Commit commit);

    /// Forgets the month and all older ones. It is hidden in order with the commits: those behind it find the month
    /// closed. Completes when nothing of it can be read any more, from this journal or from any copy of it.
    CompletableFuture<@Nullable Void> closeMonth(TreatmentMonth month);

    /// What is left of the months that are forgotten, oldest first.
    List<ClosedMonth> closedMonths();

    /// The pair (X25519) to which devices seal exports of a month; made when it is first asked for, null once the
    /// month is closed.
    @Nullable
    KeyPair exportKeys(TreatmentMonth month);

    @Override
    void close();
}
