package jp.kakunin.edge.reader;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// The card reader of one edge node. One operation at a time touches the card; the others wait for their turn, and
/// everything ends within a named limit, if need be by giving up on a thread that no longer comes back.
///
/// The futures complete on a thread of the reader: hop to your own before doing work.
public interface CardReader extends AutoCloseable {
    ReaderState state();

    /// The state with the name of the reader it speaks of and what that reader can do.
    ReaderStatus status();

    /// Called on the reader's thread after every change of state, never with the state the reader already had.
    void onChange(Consumer<ReaderState> listener);

    /// Tells, without a PIN and at no cost, how many tries are left and what the certificate says. To be shown
    /// before the PIN is asked for. Never fails the future: trouble is a `CardInspection.Failed`.
    CompletableFuture<CardInspection> inspect();

    /// Reads the card that lies on the reader now and destroys the PIN of the request, whatever happens. Never
    /// fails the future: trouble is a `CardReading.Failed`. A PIN is sent to a card at most once.
    CompletableFuture<CardReading> read(CardRequest request);

    /// Stops watching. Reads under way are given up.
    @Override
    void close();
}
