package jp.kakunin.load.card;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/// A My Number card at the level of command and answer bytes. It keeps its PIN counter over resets and insertions, as
/// a real one does, and loses everything else.
public final class VirtualCard implements Chip {
    public static final int TRIES_MAX = 3;

    /// As a contactless reader invents it for a card that speaks T=1.
    private static final byte[] ATR = HexFormat.of().parseHex("3B888001" + "4B414B554E494E31" + "6F");

    private final byte[] pin;
    private final CardFiles files;
    private CardFaults faults = CardFaults.NONE;
    private int triesLeft;
    private int apdus;
    private int verifies;
    private int resets;
    private long firstCommandNanos;
    private long lastAnswerNanos;
    private boolean awake;
    private CardState state = CardState.POWERED_ON;

    public VirtualCard(CardIdentity identity, String pin, int triesLeft) {
        this.pin = pin.getBytes(StandardCharsets.US_ASCII);
        this.triesLeft = triesLeft;
        try {
            this.files = new CardFiles(identity.certificate().getEncoded(), identity.key());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the card's certificate cannot be encoded", e);
        }
    }

    public byte[] atr() {
        return ATR.clone();
    }

    public synchronized int triesLeft() {
        return triesLeft;
    }

    /// How often a PIN was presented.
    public synchronized int verifies() {
        return verifies;
    }

    public synchronized int resets() {
        return resets;
    }

    /// How many commands were received since the faults were set.
    public synchronized int apdus() {
        return apdus;
    }

    /// When the first command came since the faults were set, by [System#nanoTime]; 0 before it.
    public synchronized long firstCommandNanos() {
        return firstCommandNanos;
    }

    /// What the card was busy with those commands, the ways between reader and card included.
    public synchronized long exchangeNanos() {
        return lastAnswerNanos - firstCommandNanos;
    }

    public synchronized boolean pinVerified() {
        return state.verified();
    }

    public synchronized void misbehave(CardFaults how) {
        faults = how;
        apdus = 0;
        firstCommandNanos = 0;
    }

    @Override
    public synchronized void reset() {
        resets++;
        awake = false;
        state = CardState.POWERED_ON;
    }

    @Override
    public CardReply process(byte[] command) {
        synchronized (this) {
            if (firstCommandNanos == 0) {
                firstCommandNanos = System.nanoTime();
            }
        }
        delay();
        CardReply reply = reply(command);
        synchronized (this) {
            lastAnswerNanos = System.nanoTime();
        }
        return reply;
    }

    private CardReply reply(byte[] command) {
        synchronized (this) {
            int index = apdus++;
            if (index == faults.muteAtApdu()) {
                return new CardReply.Mute();
            }
            if (index == faults.tornAtApdu()) {
                if (faults.has(CardQuirk.TORN_AFTER_THE_DEED)) {
                    Apdu.parse(command).ifPresent(this::answer);
                }
                return faults.has(CardQuirk.TORN_BUT_STAYS) ? new CardReply.Lost() : new CardReply.Torn();
            }
            if (!awake && faults.has(CardQuirk.FIRST_COMMAND_FAILS)) {
                awake = true;
                return new CardReply.Bytes(CardFiles.status(0x6F00));
            }
            awake = true;
            return new CardReply.Bytes(Apdu.parse(command).map(this::answer).orElseGet(() -> CardFiles.status(0x6700)));
        }
    }

    private byte[] answer(Apdu apdu) {
        if (apdu.extended() && faults.has(CardQuirk.REFUSES_EXTENDED)) {
            return CardFiles.status(0x6700);
        }
        if (apdu.is(0x00, 0xC0)) {
            return nextPiece(apdu.expected());
        }
        state = state.withPending(new byte[0]);
        if (apdu.is(0x00, 0xA4)) {
            return select(apdu);
        }
        if (!state.application()) {
            return CardFiles.status(apdu.cla() == 0 || apdu.cla() == 0x80 ? 0x6985 : 0x6E00);
        }
        if (apdu.is(0x00, 0x20)) {
            return verify(apdu);
        }
        if (apdu.is(0x00, 0xB0)) {
            return read(apdu);
        }
        if (apdu.is(0x80, 0x2A)) {
            return sign(apdu);
        }
        return CardFiles.status(apdu.cla() == 0 || apdu.cla() == 0x80 ? 0x6D00 : 0x6E00);
    }

    private byte[] select(Apdu apdu) {
        if (apdu.p1() == 0x04) {
            boolean ours = Arrays.equals(apdu.data(), CardFiles.APPLICATION) && !faults.has(CardQuirk.FOREIGN);
            boolean keepsPin = ours && state.verified() && faults.has(CardQuirk.SELECT_KEEPS_PIN);
            state = new CardState(ours, 0, keepsPin, new byte[0]);
            return CardFiles.status(ours ? 0x9000 : 0x6A82);
        }
        int file = apdu.p1() == 0x02 && apdu.data().length == 2
                ? ((apdu.data()[0] & 0xFF) << 8) | (apdu.data()[1] & 0xFF)
                : 0;
        if (!state.application() || !CardFiles.KNOWN.contains(file)) {
            return CardFiles.status(0x6A82);
        }
        state = state.withFile(file);
        return CardFiles.status(0x9000);
    }

    private byte[] verify(Apdu apdu) {
        if (state.file() != CardFiles.PIN) {
            return CardFiles.status(0x6986);
        }
        if (apdu.data().length == 0) {
            boolean quiet = state.verified() && faults.has(CardQuirk.COUNTER_SAYS_9000_WHEN_VERIFIED);
            return quiet ? CardFiles.status(0x9000) : counter(0x63C0);
        }
        verifies++;
        if (triesLeft == 0) {
            return counter(0x6984);
        }
        if (MessageDigest.isEqual(apdu.data(), pin)) {
            triesLeft = TRIES_MAX;
            state = state.withPin();
            return CardFiles.status(0x9000);
        }
        triesLeft--;
        return CardFiles.status(0x63C0 | triesLeft);
    }

    private byte[] counter(int whenBlocked) {
        if (triesLeft > 0) {
            return CardFiles.status(0x63C0 | triesLeft);
        }
        if (faults.has(CardQuirk.BLOCKED_SAYS_6983)) {
            return CardFiles.status(0x6983);
        }
        return CardFiles.status(faults.has(CardQuirk.BLOCKED_SAYS_6984) ? 0x6984 : whenBlocked);
    }

    private byte[] read(Apdu apdu) {
        boolean locked = faults.has(CardQuirk.CERTIFICATE_NEEDS_PIN) && !state.verified();
        byte[] file = files.content(state.file(), faults);
        if (locked || file.length == 0) {
            return CardFiles.status(locked ? 0x6982 : 0x6986);
        }
        int offset = (apdu.p1() << 8) | apdu.p2();
        if (offset >= file.length) {
            return CardFiles.status(0x6B00);
        }
        return give(Arrays.copyOfRange(file, offset, Math.min(file.length, offset + apdu.expected())), apdu);
    }

    private byte[] sign(Apdu apdu) {
        if (state.file() != CardFiles.KEY) {
            return CardFiles.status(0x6986);
        }
        return state.verified() ? give(files.sign(apdu.data()), apdu) : CardFiles.status(0x6982);
    }

    private byte[] give(byte[] data, Apdu apdu) {
        if (faults.has(CardQuirk.NAMES_THE_LENGTH) && apdu.expected() != data.length && data.length < 256) {
            return CardFiles.status(0x6C00 | data.length);
        }
        if (faults.has(CardQuirk.ANSWERS_IN_PIECES)) {
            state = state.withPending(data);
            return CardFiles.status(0x6100 | Math.min(data.length, 0xFF));
        }
        return CardFiles.withStatus(data, 0x9000);
    }

    private byte[] nextPiece(int expected) {
        byte[] rest = state.pending();
        if (rest.length == 0) {
            return CardFiles.status(0x6985);
        }
        byte[] piece = Arrays.copyOf(rest, Math.min(rest.length, expected));
        byte[] left = Arrays.copyOfRange(rest, piece.length, rest.length);
        state = state.withPending(left);
        return CardFiles.withStatus(piece, left.length == 0 ? 0x9000 : 0x6100 | Math.min(left.length, 0xFF));
    }

    private void delay() {
        long millis;
        synchronized (this) {
            millis = faults.delayMillis();
        }
        if (millis > 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(millis);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public String toString() {
        return "VirtualCard[redacted]";
    }
}
