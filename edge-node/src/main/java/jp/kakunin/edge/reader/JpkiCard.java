package jp.kakunin.edge.reader;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The JPKI application of the card that lies on the reader, as the few questions Kakunin has.
final class JpkiCard {
    private static final int SIGNATURE_BYTES = 256;

    private final GuardedLink link;

    JpkiCard(GuardedLink link) {
        this.link = link;
    }

    /// False when the card has no such application: it is another kind of card.
    boolean select() throws CardTrouble, Refusal {
        Answer answer = link.ask(Jpki.selectApplication());
        if (answer.status == Answer.NOT_YET_AWAKE) {
            // Real cards may answer the first command after power-up like this, and the second one well.
            answer = link.ask(Jpki.selectApplication());
        }
        if (answer.status == Answer.NOT_YET_AWAKE) {
            throw new Refusal(ReaderFault.UNREADABLE, "SELECT application: " + answer.statusText());
        }
        return answer.ok();
    }

    void selectFile(int file, ReaderFault ifMissing) throws CardTrouble, Refusal {
        Answer answer = link.ask(Jpki.selectFile(file));
        if (!answer.ok()) {
            throw new Refusal(ifMissing, String.format("SELECT file %04X: %s", file, answer.statusText()));
        }
    }

    /// What the PIN counter says. Costs nothing.
    PinState pinState() throws CardTrouble, Refusal {
        selectFile(Jpki.EF_PIN, ReaderFault.UNREADABLE);
        Answer answer = link.once(Jpki.askTries());
        if (answer.ok()) {
            // Another program verified the PIN and left it so. Closing the link resets the card; then ask again.
            throw new CardTrouble(CardTrouble.Kind.TRANSPORT, "the card was left with a verified PIN");
        }
        return state(answer, "tries left");
    }

    /// Sends the PIN, once. The PIN file must be the selected one, as `pinState` leaves it.
    PinState verify(Pin pin) throws CardTrouble, Refusal {
        return state(link.onceSecret(Jpki.verify(pin)), "VERIFY");
    }

    byte[] sign(byte[] message) throws CardTrouble, Refusal {
        selectFile(Jpki.EF_KEY, ReaderFault.SIGNATURE_REFUSED);
        Answer answer = link.ask(Jpki.sign(sha256(message)));
        if (!answer.ok() || answer.data.length != SIGNATURE_BYTES) {
            throw new Refusal(
                    ReaderFault.SIGNATURE_REFUSED,
                    "SIGN: " + answer.statusText() + ", " + answer.data.length + " bytes");
        }
        return answer.data;
    }

    private static PinState state(Answer answer, String question) throws Refusal {
        if (answer.ok()) {
            return new PinState.Verified();
        }
        if (answer.blocked()) {
            return new PinState.Blocked();
        }
        if (answer.countsTries()) {
            return new PinState.Open(answer.triesLeft());
        }
        throw new Refusal(ReaderFault.UNREADABLE, question + ": " + answer.statusText());
    }

    private static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
