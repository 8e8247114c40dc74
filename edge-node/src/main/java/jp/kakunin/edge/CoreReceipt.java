package jp.kakunin.edge;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.edge.exchange.EdgeCore;
import jp.kakunin.edge.receipt.ReceiptFacts;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.edge.store.OpenMonths;
import jp.kakunin.outbox.Feed;
import jp.kakunin.outbox.Told;

/// The core, as receipt computers see it.
record CoreReceipt(EdgeCore core) implements ReceiptFacts {
    @Override
    public CompletableFuture<OpenMonths> openMonths(InstitutionCode clinic) {
        return core.openMonths(clinic);
    }

    @Override
    public CompletableFuture<Map<VisitId, Told>> told(InstitutionCode clinic, TreatmentMonth month) {
        return core.told(clinic, month);
    }

    @Override
    public CompletableFuture<Void> tell(
            InstitutionCode clinic, Feed feed, Map<TreatmentMonth, Map<VisitId, Told>> told) {
        return core.tell(clinic, feed, told);
    }

    @Override
    public CompletableFuture<Void> record(List<NewFact> facts) {
        return core.record(facts);
    }

    @Override
    public Instant now() {
        return core.now();
    }

    @Override
    public boolean isClockDoubtful() {
        return core.clockDoubtful();
    }

    @Override
    public void onChange(Runnable listener) {
        core.onChange(listener);
    }
}
