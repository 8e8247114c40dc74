package jp.kakunin.edge;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.desk.EdgeFacts;
import jp.kakunin.edge.desk.Exportable;
import jp.kakunin.edge.desk.Outcome;
import jp.kakunin.edge.desk.SealedFiles;
import jp.kakunin.edge.exchange.EdgeCore;
import jp.kakunin.edge.exchange.EdgeStatus;
import jp.kakunin.edge.exchange.MonthView;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.outbox.TooLate;

/// The core, as the desk sees it.
///
/// @param again closes the desk and opens the activation pages
record CoreFacts(EdgeCore core, SealedExports exports, Runnable again) implements EdgeFacts {
    @Override
    public CompletableFuture<Void> record(List<NewFact> facts) {
        return core.record(facts);
    }

    @Override
    public CompletableFuture<MonthView> around(InstitutionCode clinic, TreatmentMonth month) {
        return core.around(clinic, month);
    }

    @Override
    public CompletableFuture<Exportable> exportable() {
        return exports.exportable();
    }

    @Override
    public CompletableFuture<Outcome<Exportable>> export(SealedFiles files) {
        return exports.to(files);
    }

    @Override
    public EdgeStatus status() {
        return core.status();
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
    public boolean confirmDate(LocalDate today) {
        return core.confirmDate(today);
    }

    @Override
    public void activateAgain() {
        again.run();
    }

    @Override
    public void tooLateSeen(TooLate seen) {
        core.tooLateSeen(seen);
    }

    @Override
    public void onChange(Runnable listener) {
        core.onChange(listener);
    }
}
