package jp.kakunin.edge.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.exchange.EdgeStatus;
import jp.kakunin.edge.exchange.MonthView;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.outbox.TooLate;

/// What the desk asks of the edge's core. Futures and listeners may be called on any thread.
public interface EdgeFacts {
    /// Completes when the facts are on disk; fails when nothing was recorded.
    CompletableFuture<Void> record(List<NewFact> facts);

    /// The month, the one before and the one after; nothing of a month that is closed. The same object as long as
    /// nothing changed.
    CompletableFuture<MonthView> around(InstitutionCode clinic, TreatmentMonth month);

    /// What of it the hub has not acknowledged, and what of that can be carried there by hand.
    CompletableFuture<Exportable> exportable();

    /// Seals what the hub has not acknowledged into files, for somebody to carry there. Nothing is marked by it.
    CompletableFuture<Outcome<Exportable>> export(SealedFiles files);

    EdgeStatus status();

    /// The edge's trusted time: never behind the last time the hub told.
    Instant now();

    /// Facts recorded now cannot say for sure which day it is.
    boolean isClockDoubtful();

    /// The staff's answer to "what is today's date?"; false when it cannot be right.
    boolean confirmDate(LocalDate today);

    /// Closes the desk and opens the pages by which this device is activated once more. Returns at once.
    void activateAgain();

    /// The staff have seen that so many facts came too late for their month.
    void tooLateSeen(TooLate seen);

    /// Called after facts, acknowledgements or status changed.
    void onChange(Runnable listener);
}
