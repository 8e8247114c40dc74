package jp.kakunin.edge.desk;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.exchange.ConnectionState;
import jp.kakunin.edge.reader.CardInspection;
import jp.kakunin.edge.reader.CardReader;
import jp.kakunin.edge.reader.ReaderState;
import org.jspecify.annotations.Nullable;

/// The tap panel's state: follows the reader, lets one card be read at a time, and after a check watches for its
/// answer.
///
/// Reader, core and timers call from their own threads; everything that happens here happens on `desk`, one after
/// another.
final class TapDesk {
    /// After this long without an answer the screen says 取得失敗. The question itself goes on.
    static final Duration ANSWER_PATIENCE = Duration.ofSeconds(8);

    private final EdgeFacts edge;
    private final Books books;
    private final CardReader reader;
    private final CheckRecorder recorder;
    private final Timers timers;
    private final Executor desk;
    private final BooleanSupplier attended;
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean edgeChanged = new AtomicBoolean();
    private volatile Tap tap;
    private boolean looking;
    private boolean lookAgain;
    private boolean untold;

    /// @param attended whether anybody can use the desk; a card is not looked at otherwise
    TapDesk(
            EdgeFacts edge,
            Books books,
            CardReader reader,
            CheckRecorder recorder,
            Timers timers,
            Executor desk,
            BooleanSupplier attended) {
        this.edge = edge;
        this.books = books;
        this.reader = reader;
        this.recorder = recorder;
        this.timers = timers;
        this.desk = desk;
        this.attended = attended;
        this.tap = new Tap.NoCard(reader.state());
    }

    void start() {
        reader.onChange(state -> desk.execute(() -> readerChanged(state)));
        edge.onChange(() -> {
            if (edgeChanged.compareAndSet(false, true)) {
                desk.execute(() -> {
                    edgeChanged.set(false);
                    followEdge();
                });
            }
        });
        desk.execute(() -> readerChanged(reader.state()));
    }

    Tap tap() {
        return tap;
    }

    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /// The panel's state after the reading: recorded, or why not. The PIN is destroyed whatever happens.
    CompletableFuture<Outcome<Tap>> check(TapRequest request) {
        CompletableFuture<Outcome<Tap>> done = new CompletableFuture<>();
        desk.execute(() -> begin(request, done));
        return done;
    }

    /// Puts the result away and looks at the reader again.
    void next() {
        desk.execute(() -> {
            if (!(tap instanceof Tap.Reading)) {
                show(new Tap.NoCard(reader.state()));
                readerChanged(reader.state());
            }
        });
    }

    /// Somebody unlocked the desk: a card that was put down meanwhile is looked at now.
    void attend() {
        desk.execute(() -> {
            if (tap instanceof Tap.NoCard && reader.state() == ReaderState.CARD) {
                look();
            }
        });
    }

    /// Lets every open page be drawn again.
    void tell() {
        desk.execute(this::tellListeners);
    }

    private void begin(TapRequest request, CompletableFuture<Outcome<Tap>> done) {
        if (tap instanceof Tap.Reading) {
            if (request.pin() != null) {
                request.pin().close();
            }
            done.complete(Outcome.refused(Problem.READING_ALREADY));
            return;
        }
        show(new Tap.Reading());
        var _ = recorder.check(request).whenCompleteAsync((result, failure) -> finish(result, failure, done), desk);
    }

    @SuppressWarnings("NullAway") // of result and failure exactly one is null
    private void finish(Tap result, Throwable failure, CompletableFuture<Outcome<Tap>> done) {
        Tap shown = failure == null ? result : new Tap.NotRecorded(CheckRecorder.problem(failure));
        show(shown);
        done.complete(Outcome.done(shown));
        if (shown instanceof Tap.Recorded recorded) {
            waitPatiently(recorded);
            lookForAnswer();
        }
    }

    private void readerChanged(ReaderState state) {
        switch (tap) {
            case Tap.Reading _ -> {}
            case Tap.Recorded _, Tap.Unreadable _, Tap.NotRecorded _ -> {
                if (state == ReaderState.CARD) {
                    look();
                } else {
                    tellListeners();
                }
            }
            case Tap.WrongPin(int triesLeft) -> lookOr(state, triesLeft);
            case Tap.LastTry _ -> lookOr(state, 1);
            case Tap.PinBlocked _ -> lookOr(state, 0);
            case Tap.NoCard(ReaderState _, int triesLeft) -> lookOr(state, triesLeft);
            case Tap.Looking _, Tap.Ready _ -> lookOr(state, -1);
        }
    }

    private void lookOr(ReaderState state, int triesLeft) {
        if (state == ReaderState.CARD) {
            look();
        } else {
            show(new Tap.NoCard(state, triesLeft));
        }
    }

    private void look() {
        if (!attended.getAsBoolean()) {
            show(new Tap.NoCard(reader.state()));
            return;
        }
        show(new Tap.Looking());
        var _ = reader.inspect().thenAcceptAsync(this::looked, desk);
    }

    private void looked(CardInspection inspection) {
        if (!(tap instanceof Tap.Looking)) {
            return;
        }
        show(
                switch (inspection) {
                    case CardInspection.Inspected(int triesLeft, var certificate) ->
                        certificate == null
                                ? new Tap.Ready(triesLeft, null, null)
                                : new Tap.Ready(
                                        triesLeft,
                                        TreatmentMonth.dateAt(certificate.notBefore()),
                                        TreatmentMonth.dateAt(certificate.notAfter()));
                    case CardInspection.Failed(var fault, String detail) -> new Tap.Unreadable(fault, detail);
                });
    }

    private void waitPatiently(Tap.Recorded recorded) {
        timers.after(
                ANSWER_PATIENCE,
                () -> desk.execute(() -> change(recorded, asking -> switch (asking) {
                    case ASKED -> Tap.Asking.NO_ANSWER;
                    case NO_ANSWER, COULD_NOT_ASK, ANSWERED -> asking;
                })));
    }

    private void followEdge() {
        untold = true;
        switch (tap) {
            case Tap.Reading _ -> {} // its end tells
            case Tap.Recorded _ -> lookForAnswer();
            default -> tellListeners();
        }
    }

    private void lookForAnswer() {
        if (looking) {
            lookAgain = true; // what is being looked at may be from before the change
        } else if (tap instanceof Tap.Recorded recorded) {
            looking = true;
            var _ = books.open(recorded.clinic(), recorded.month())
                    .whenCompleteAsync((book, _) -> looked(recorded, book), desk);
        }
    }

    private void looked(Tap.Recorded recorded, @Nullable Book book) {
        looking = false;
        if (book != null && !isThere(book, recorded) && tap.equals(recorded)) {
            next(); // taken back, or no longer to be shown
        } else {
            ask(recorded, book != null && isAnswered(book, recorded));
        }
        if (untold) {
            tellListeners();
        }
        if (lookAgain) {
            lookAgain = false;
            lookForAnswer();
        }
    }

    private void ask(Tap.Recorded recorded, boolean answered) {
        change(recorded, asking -> {
            if (answered) {
                return Tap.Asking.ANSWERED;
            }
            boolean connected = edge.status().connection() instanceof ConnectionState.Connected;
            return switch (asking) {
                case COULD_NOT_ASK -> connected ? Tap.Asking.ASKED : asking;
                case ASKED -> connected ? asking : Tap.Asking.COULD_NOT_ASK;
                case NO_ANSWER, ANSWERED -> asking;
            };
        });
    }

    private static boolean isThere(Book book, Tap.Recorded recorded) {
        return book.visit(recorded.visit()).stream()
                .flatMap(visit -> visit.checks().stream())
                .anyMatch(check -> check.check().equals(recorded.check()));
    }

    private static boolean isAnswered(Book book, Tap.Recorded recorded) {
        return book.visit(recorded.visit())
                .map(visit -> visit.numbers().containsKey(recorded.check()))
                .orElse(false);
    }

    private void change(Tap.Recorded expected, UnaryOperator<Tap.Asking> step) {
        if (tap instanceof Tap.Recorded now && now.check().equals(expected.check())) {
            Tap.Asking asking = step.apply(now.asking());
            if (asking == Tap.Asking.ASKED && now.asking() == Tap.Asking.COULD_NOT_ASK) {
                waitPatiently(now);
            }
            if (asking != now.asking()) {
                show(new Tap.Recorded(
                        now.clinic(), now.month(), now.visit(), now.check(), now.fact(), asking, now.also()));
            }
        }
    }

    private void show(Tap next) {
        tap = next;
        tellListeners();
    }

    private void tellListeners() {
        untold = false;
        listeners.forEach(Runnable::run);
    }
}
