package jp.kakunin.edge.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import jp.kakunin.edge.reader.CardCertificate;
import jp.kakunin.edge.reader.CardInspection;
import jp.kakunin.edge.reader.CardReader;
import jp.kakunin.edge.reader.CardReading;
import jp.kakunin.edge.reader.CardRequest;
import jp.kakunin.edge.reader.ExtendedApdu;
import jp.kakunin.edge.reader.ReaderFault;
import jp.kakunin.edge.reader.ReaderState;
import jp.kakunin.edge.reader.ReaderStatus;
import org.jspecify.annotations.Nullable;

/// A reader whose card and results the test decides.
final class FakeReader implements CardReader {
    final List<CardRequest> requests = new ArrayList<>();
    private final List<Consumer<ReaderState>> listeners = new CopyOnWriteArrayList<>();
    private volatile ReaderState state = ReaderState.EMPTY;
    private volatile @Nullable CardCertificate card;
    volatile int triesLeft = 3;
    volatile @Nullable String name;
    volatile ExtendedApdu extended = ExtendedApdu.UNKNOWN;
    /// While it is there, a card is looked at without end.
    @Nullable
    CompletableFuture<CardInspection> looking;

    private @Nullable CardReading next;
    private @Nullable CompletableFuture<CardReading> held;

    void put(CardCertificate certificate) {
        card = certificate;
        become(ReaderState.CARD);
    }

    void remove() {
        card = null;
        become(ReaderState.EMPTY);
    }

    void become(ReaderState newState) {
        state = newState;
        listeners.forEach(listener -> listener.accept(newState));
    }

    /// The next reading ends so.
    void willEndWith(CardReading reading) {
        next = reading;
    }

    /// The next reading does not end before the returned future does.
    CompletableFuture<CardReading> hold() {
        held = new CompletableFuture<>();
        return held;
    }

    @Override
    public ReaderState state() {
        return state;
    }

    @Override
    public ReaderStatus status() {
        return new ReaderStatus(state, name, extended);
    }

    @Override
    public void onChange(Consumer<ReaderState> listener) {
        listeners.add(listener);
    }

    @Override
    public CompletableFuture<CardInspection> inspect() {
        if (looking != null) {
            return looking;
        }
        return CompletableFuture.completedFuture(
                card == null
                        ? new CardInspection.Failed(ReaderFault.NO_CARD, "test")
                        : new CardInspection.Inspected(triesLeft, card));
    }

    @Override
    public CompletableFuture<CardReading> read(CardRequest request) {
        requests.add(request);
        if (request instanceof CardRequest.WithPin withPin) {
            withPin.pin().close();
        }
        if (held != null) {
            CompletableFuture<CardReading> result = held;
            held = null;
            return result;
        }
        CardReading reading = next;
        next = null;
        if (reading == null) {
            reading = card == null
                    ? new CardReading.Failed(ReaderFault.NO_CARD, "test")
                    : new CardReading.Read(
                            card,
                            request instanceof CardRequest.WithPin pin
                                    ? pin.toSign().stream()
                                            .map(_ -> new byte[256])
                                            .toList()
                                    : List.of());
        }
        return CompletableFuture.completedFuture(reading);
    }

    @Override
    public void close() {}
}
