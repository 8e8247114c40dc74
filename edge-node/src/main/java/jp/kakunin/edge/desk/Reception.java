package jp.kakunin.edge.desk;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.reader.CardReader;
import jp.kakunin.edge.reader.ReaderStatus;
import org.jspecify.annotations.Nullable;

/// The desk of one site: one reader, one or two clinics. Holds no truth of its own; what it shows is judged from facts
/// each time.
public final class Reception {
    private static final Duration OUTAGE_LOOK = Duration.ofMinutes(1);

    private final List<Clinic> clinics;
    private final EdgeFacts edge;
    private final CardReader reader;
    private final Books books;
    private final TapDesk tapDesk;
    private final VisitRecorder recorder;
    private final OutageLimits outageLimits;
    private final Timers timers;
    private Outage.Stage told = Outage.Stage.NONE;

    /// @param filingDay day of the month after on which claims are filed
    /// @param desk runs one thing at a time, in order
    /// @param attended whether anybody can use the desk now
    public Reception(
            List<Clinic> clinics,
            EdgeFacts edge,
            CardReader reader,
            Sealing sealing,
            int filingDay,
            OutageLimits outageLimits,
            IdSource ids,
            Timers timers,
            Executor desk,
            BooleanSupplier attended) {
        this.clinics = List.copyOf(clinics);
        this.edge = edge;
        this.reader = reader;
        this.books = new Books(edge, filingDay);
        Envelopes envelopes = new Envelopes(edge, ids);
        CheckRecorder checks = new CheckRecorder(edge, books, reader, sealing, ids, envelopes, desk);
        this.tapDesk = new TapDesk(edge, books, reader, checks, timers, desk, attended);
        this.outageLimits = outageLimits;
        this.timers = timers;
        this.recorder = new VisitRecorder(edge, books, ids, envelopes);
    }

    public void start() {
        tapDesk.start();
        timers.after(OUTAGE_LOOK, this::lookAtOutage);
    }

    /// An outage grows by itself: nothing else would tell an open page.
    private void lookAtOutage() {
        Outage.Stage stage = outage().stage();
        if (stage != told) {
            told = stage;
            tapDesk.tell();
        }
        timers.after(OUTAGE_LOOK, this::lookAtOutage);
    }

    Outage outage() {
        return Outage.of(edge.status(), edge.now(), outageLimits);
    }

    List<Clinic> clinics() {
        return clinics;
    }

    /// The clinics something can be recorded for: not those whose declaration has ended.
    List<Clinic> offered() {
        return clinics.stream().filter(each -> !hasEnded(each)).toList();
    }

    boolean hasEnded(Clinic clinic) {
        return edge.status().ended().contains(clinic.code());
    }

    /// The clinic with that code; without a code the only one there is.
    Outcome<Clinic> clinic(@Nullable String code) {
        if (code == null || code.isEmpty()) {
            return clinics.size() == 1 ? Outcome.done(clinics.getFirst()) : Outcome.refused(Problem.CLINIC_NOT_CHOSEN);
        }
        Optional<Clinic> found = clinics.stream()
                .filter(clinic -> clinic.code().digits().equals(code))
                .findFirst();
        return found.<Outcome<Clinic>>map(Outcome::done)
                .orElseGet(() -> Outcome.refused(Problem.CLINIC_NOT_OF_THIS_SITE));
    }

    LocalDate today() {
        return books.today();
    }

    CompletableFuture<Book> book(InstitutionCode clinic, LocalDate date) {
        return books.open(clinic, TreatmentMonth.of(date));
    }

    CompletableFuture<Book> book(InstitutionCode clinic) {
        return books.current(clinic);
    }

    TapDesk tapDesk() {
        return tapDesk;
    }

    VisitRecorder recorder() {
        return recorder;
    }

    ReaderStatus reader() {
        return reader.status();
    }

    EdgeFacts edge() {
        return edge;
    }

    /// Called after anything the screen shows may have changed, on the desk's executor.
    void onChange(Runnable listener) {
        tapDesk.onChange(listener);
    }
}
