package jp.kakunin.load.up;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import jp.kakunin.load.card.CardBox;
import jp.kakunin.load.card.PcscStack;

/// Where the card of the demonstration lies, and which edge node can read it there.
///
/// @param edge the command that starts an edge node for this place
record CardPlace(String description, List<String> edge, List<AutoCloseable> held) implements AutoCloseable {
    /// Where the edge node listens for cards when there is no PC/SC service.
    private static final int LOOPBACK_PORT = 35_980;

    static CardPlace find(DataDirectory directory, UpCommand.CardKind kind) throws Exception {
        if (kind == UpCommand.CardKind.IN_PROCESS) {
            return withoutPcsc(directory, "asked for with --card IN_PROCESS");
        }
        PcscStack stack = PcscStack.find(Files.createDirectories(directory.cards()));
        return switch (stack) {
            case PcscStack.Ready ready -> onPcsc(directory, ready);
            case PcscStack.RealReadersOnly real
            when kind == UpCommand.CardKind.AUTO && !real.readers().isEmpty() ->
                onRealReader(real.readers().getFirst());
            case PcscStack.RealReadersOnly _ ->
                withoutPcsc(
                        directory,
                        kind,
                        "the PC/SC service has no virtual reader (apt-get install vsmartcard-vpcd, then restart pcscd)");
            case PcscStack.Unavailable none -> withoutPcsc(directory, kind, none.reason() + " (" + none.remedy() + ")");
        };
    }

    /// Takes the card away, and stops the PC/SC service if it was started for it.
    @Override
    public void close() throws IOException {
        for (AutoCloseable part : held) {
            try {
                part.close();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException("the card reader did not close", e);
            }
        }
    }

    private static CardPlace onPcsc(DataDirectory directory, PcscStack.Ready ready) throws Exception {
        try {
            return new CardPlace(
                    "card: virtual card on the PC/SC service, reader \"" + ready.reader() + "\"",
                    List.of("edge"),
                    List.of(control(directory, ready.port()), ready));
        } catch (Exception e) {
            ready.close();
            throw e;
        }
    }

    private static CardPlace onRealReader(String reader) {
        return new CardPlace(
                "card: put a My Number card on the reader \"" + reader + "\"; only its user-authentication certificate"
                        + " is read. ./kakunin card cannot move it: start with --card VIRTUAL or IN_PROCESS for a virtual one",
                List.of("edge"),
                List.of());
    }

    private static CardPlace withoutPcsc(DataDirectory directory, UpCommand.CardKind kind, String why)
            throws Exception {
        if (kind == UpCommand.CardKind.VIRTUAL) {
            throw new IOException("no virtual card on the PC/SC service: " + why);
        }
        return withoutPcsc(directory, why);
    }

    private static CardPlace withoutPcsc(DataDirectory directory, String why) throws Exception {
        return new CardPlace(
                "card: virtual card inside the edge node, not on the PC/SC service: " + why,
                List.of(EdgeWithCardCommand.NAME, "--card-port", String.valueOf(LOOPBACK_PORT)),
                List.of(control(directory, LOOPBACK_PORT)));
    }

    private static CardControl control(DataDirectory directory, int port) throws Exception {
        CardBox box = CardBox.open(directory.cards(), InstantSource.system(), new SecureRandom());
        return CardControl.start(new VirtualHand(box, port), directory.cardRun());
    }
}
