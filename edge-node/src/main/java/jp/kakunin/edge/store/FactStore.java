package jp.kakunin.edge.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.Set;
import java.util.function.Supplier;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.Delivered;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.outbox.Admission;
import jp.kakunin.outbox.Feed;
import jp.kakunin.outbox.LastHeard;
import jp.kakunin.outbox.Numbered;
import jp.kakunin.outbox.Outbox;
import jp.kakunin.outbox.Remarked;
import jp.kakunin.outbox.Told;
import jp.kakunin.outbox.TooLate;
import jp.kakunin.outbox.Unsent;
import org.jspecify.annotations.Nullable;

/// Everything an edge must not lose. Each changing call is one atomic write and is on disk when it returns. Owned by
/// one thread. Facts are a union by id: putting one a second time changes nothing, and nothing is taken away but whole
/// months.
public interface FactStore extends AutoCloseable {
    /// Unsent facts an edge may gather; a busy clinic makes some 50,000 in two months.
    int UNSENT_FACTS_MAX = 200_000;

    /// Records facts of this edge; they are unsent from here on.
    ///
    /// @throws StoreFullException and nothing was recorded
    /// @throws IllegalArgumentException when a fact or attachment is larger than the exchange allows, or of a
    ///     month that is forgotten
    void record(List<NewFact> facts);

    /// Own and pulled facts, by id. Facts of a newer version of the product are kept but not shown.
    List<Fact> facts(InstitutionCode clinic, TreatmentMonth month);

    /// The months of which anything is kept.
    Set<TreatmentMonth> months();

    Map<FactId, Remarked> remarks(InstitutionCode clinic, TreatmentMonth month);

    /// Also finds out whether a full disk has space again.
    StoreCondition condition();

    /// Facts without a number, in the order they should be sent. A view that is valid until the next change.
    SequencedCollection<Unsent> unsent(InstitutionCode clinic);

    /// The stream of the clinic; null before its first.
    @Nullable
    Outbox outbox(InstitutionCode clinic);

    /// The fact as it was first encoded.
    byte[] encoded(InstitutionCode clinic, TreatmentMonth month, FactId fact);

    /// What to put on the wire for facts that have their number, with their attachments.
    List<SentFact> outgoing(InstitutionCode clinic, List<Numbered> numbered);

    /// Keeps the outbox; facts numbered in it are no longer unsent. This also begins the first stream of a clinic.
    void number(InstitutionCode clinic, Outbox outbox);

    /// Keeps the outbox, moved on, and what the hub remarked about facts that took no effect. What it remarked in
    /// an older stream about those acknowledged now is over.
    void acknowledge(InstitutionCode clinic, Outbox outbox, Map<Numbered, Remarked> remarks);

    /// Begins a new stream, in which everything is unsent again: own facts, answers of the hub, and copies of what
    /// other devices recorded, because their disk may have been rolled back as well as the hub's.
    void reopen(InstitutionCode clinic, Epoch epoch);

    /// Another life of the hub: [#reopen] for each clinic, and all cursors are gone.
    void restart(LastHeard heard, Map<InstitutionCode, Epoch> epochs);

    /// Keeps the fact but never offers it again, because no hub would take it.
    void setAside(InstitutionCode clinic, TreatmentMonth month, FactId fact, Remarked remarked);

    /// Forgets the month and all older ones: facts, evidence, remarks, and what would open a copy of them. What no
    /// hub has heard of is counted as too late; a stream that had numbered any of it ends, and a new epoch begins.
    /// A month with unsent facts of a doubtful clock is kept until the hub has them.
    ///
    /// @param clinics of this device; what it keeps of others is never sent, and keeps no month
    /// @return whether anything was forgotten
    boolean forget(TreatmentMonth through, Collection<InstitutionCode> clinics, Supplier<Epoch> epochs);

    /// Removes what is kept of a clinic that ended here, but for what no hub has acknowledged: that stays until a
    /// hub has it or its month closes. With the last of it goes what would open a copy of any of it.
    ///
    /// @return whether anything went
    boolean remove(InstitutionCode clinic);

    /// Facts that came too late for their month, as far as the staff have not said that they saw it.
    TooLate tooLate(InstitutionCode clinic);

    /// @param seen how many the staff saw, which may be fewer than there are by now
    void tooLateSeen(InstitutionCode clinic, TooLate seen);

    @Nullable
    Cursor cursor(InstitutionCode clinic);

    /// Keeps pulled facts and the cursor behind them in the same write. The stream of the clinic must have begun.
    ///
    /// @throws StoreFullException and neither was kept
    void pull(InstitutionCode clinic, Collection<Delivered> facts, Cursor cursor);

    /// Forgets the cursor, so that the clinic is read again from the beginning.
    void rewind(InstitutionCode clinic);

    @Nullable
    LastHeard lastHeard();

    void heard(LastHeard heard);

    /// Whether the hub lets this edge read the clinic, as it said last.
    Admission admission(InstitutionCode clinic);

    /// Keeps what the hub said; nothing is written when it said so before.
    void admission(InstitutionCode clinic, Admission admission);

    /// What receipt computers were told last of the visits of the month.
    Map<VisitId, Told> told(InstitutionCode clinic, TreatmentMonth month);

    /// The sequence of what they were told; null before the first, and again after a salvage.
    @Nullable
    Feed feed(InstitutionCode clinic);

    /// Keeps what they are told next, and the sequence moved on, in one write; nothing of a month that is
    /// forgotten.
    ///
    /// @throws StoreFullException and nothing was kept
    void tell(InstitutionCode clinic, Feed feed, Map<TreatmentMonth, Map<VisitId, Told>> told);

    /// Facts the hub has not acknowledged in this stream, numbered or not.
    Set<FactId> unacknowledged(InstitutionCode clinic);

    @Override
    void close();
}
