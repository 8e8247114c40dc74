package jp.kakunin.edge.reader;

import java.util.Arrays;

/// A card's answer, split into data and status word.
final class Answer {
    static final int OK = 0x9000;
    static final int END_OF_FILE = 0x6282;
    static final int WRONG_LENGTH = 0x6700;
    static final int NOT_VERIFIED = 0x6982;
    static final int BLOCKED_ISO = 0x6983;
    static final int BLOCKED_OBSERVED = 0x6984;

    /// No PIN was ever set: like a blocked one, it can be had from the municipality alone.
    static final int PIN_NOT_SET = 0x6A88;

    static final int BEYOND_THE_END = 0x6B00;
    static final int NOT_YET_AWAKE = 0x6F00;

    final byte[] data;
    final int status;

    private Answer(byte[] data, int status) {
        this.data = data;
        this.status = status;
    }

    static Answer parse(byte[] raw) throws CardTrouble {
        if (raw.length < 2) {
            throw new CardTrouble(CardTrouble.Kind.TRANSPORT, "answer of " + raw.length + " bytes");
        }
        int status = ((raw[raw.length - 2] & 0xFF) << 8) | (raw[raw.length - 1] & 0xFF);
        return new Answer(Arrays.copyOf(raw, raw.length - 2), status);
    }

    boolean ok() {
        return status == OK;
    }

    int sw1() {
        return status >> 8;
    }

    int sw2() {
        return status & 0xFF;
    }

    boolean countsTries() {
        return (status & 0xFFF0) == 0x63C0;
    }

    int triesLeft() {
        return status & 0xF;
    }

    boolean blocked() {
        return status == BLOCKED_ISO
                || status == BLOCKED_OBSERVED
                || status == PIN_NOT_SET
                || countsTries() && triesLeft() == 0;
    }

    Answer after(byte[] earlier) {
        return earlier.length == 0 ? this : new Answer(Jpki.join(earlier, data), status);
    }

    String statusText() {
        return String.format("SW %04X", status);
    }
}
