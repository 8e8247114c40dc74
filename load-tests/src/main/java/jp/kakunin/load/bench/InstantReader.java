package jp.kakunin.load.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jp.kakunin.edge.reader.CardCertificate;
import jp.kakunin.edge.reader.CardInspection;
import jp.kakunin.edge.reader.CardReader;
import jp.kakunin.edge.reader.CardReading;
import jp.kakunin.edge.reader.CardRequest;
import jp.kakunin.edge.reader.ExtendedApdu;
import jp.kakunin.edge.reader.ReaderState;
import jp.kakunin.edge.reader.ReaderStatus;

/// A reader whose cards take no time at all, each read the next patient's: what is left is the system's own time.
final class InstantReader implements CardReader {
    private static final int TRIES = 3;

    private final List<CardCertificate> cards;
    private final AtomicInteger next;

    private InstantReader(List<CardCertificate> cards, int first) {
        this.cards = List.copyOf(cards);
        this.next = new AtomicInteger(first);
    }

    /// Takes every certificate (DER) in that folder for a card.
    static InstantReader of(Path folder, int first) throws IOException {
        List<CardCertificate> cards = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                cards.add(CardCertificate.parse(Files.readAllBytes(file)));
            }
        } catch (CertificateException e) {
            throw new IOException(folder + " holds something that is not a certificate", e);
        }
        if (cards.isEmpty()) {
            throw new IOException(folder + " holds no certificate");
        }
        return new InstantReader(cards, first);
    }

    @Override
    public ReaderState state() {
        return ReaderState.CARD;
    }

    @Override
    public ReaderStatus status() {
        return new ReaderStatus(ReaderState.CARD, "instant", ExtendedApdu.UNKNOWN);
    }

    @Override
    public void onChange(Consumer<ReaderState> listener) {
        // Its state never changes.
    }

    @Override
    public CompletableFuture<CardInspection> inspect() {
        return CompletableFuture.completedFuture(new CardInspection.Inspected(TRIES, null));
    }

    @Override
    public CompletableFuture<CardReading> read(CardRequest request) {
        CardCertificate card = cards.get(Math.floorMod(next.getAndIncrement(), cards.size()));
        return CompletableFuture.completedFuture(new CardReading.Read(card, List.of()));
    }

    @Override
    public void close() {
        // There is nothing to release.
    }
}
