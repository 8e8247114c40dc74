package jp.kakunin.edge.receipt;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.edge.store.OpenMonths;
import jp.kakunin.outbox.Feed;
import jp.kakunin.outbox.Told;

/// What receipt computers ask of the edge's core. Futures and listeners may be called on any thread.
public interface ReceiptFacts {
    CompletableFuture<OpenMonths> openMonths(InstitutionCode clinic);

    CompletableFuture<Map<VisitId, Told>> told(InstitutionCode clinic, TreatmentMonth month);

    /// Completes when it is on disk; fails with `StoreFullException` when nothing was kept.
    CompletableFuture<Void> tell(InstitutionCode clinic, Feed feed, Map<TreatmentMonth, Map<VisitId, Told>> told);

    /// Completes when the facts are on disk; fails with `StoreFullException` when nothing was recorded.
    CompletableFuture<Void> record(List<NewFact> facts);

    /// The edge's trusted time.
    Instant now();

    boolean isClockDoubtful();

    /// Called after facts or status changed.
    void onChange(Runnable listener);
}
