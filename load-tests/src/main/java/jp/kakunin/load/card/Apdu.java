package jp.kakunin.load.card;

import java.util.Arrays;
import java.util.Optional;

/// A command, taken apart (ISO 7816-4, short and extended).
///
/// @param expected how many bytes of answer are wanted at most, 0 for none
record Apdu(int cla, int ins, int p1, int p2, byte[] data, int expected, boolean extended) {
    private static final int SHORT_MAX = 256;
    private static final int EXTENDED_MAX = 65_536;

    /// Empty when the lengths do not fit together.
    static Optional<Apdu> parse(byte[] c) {
        if (c.length < 4) {
            return Optional.empty();
        }
        if (c.length == 4) {
            return of(c, 0, 0, 0, false);
        }
        int first = c[4] & 0xFF;
        if (c.length == 5) {
            return of(c, 5, 0, first == 0 ? SHORT_MAX : first, false);
        }
        return first == 0 && c.length >= 7 ? extended(c) : tail(c, 5, first, false);
    }

    boolean is(int wantedCla, int wantedIns) {
        return cla == wantedCla && ins == wantedIns;
    }

    private static Optional<Apdu> extended(byte[] c) {
        int length = ((c[5] & 0xFF) << 8) | (c[6] & 0xFF);
        return c.length == 7 ? of(c, 7, 0, length == 0 ? EXTENDED_MAX : length, true) : tail(c, 7, length, true);
    }

    private static Optional<Apdu> tail(byte[] c, int start, int length, boolean extended) {
        int rest = c.length - start - length;
        if (rest == 0) {
            return of(c, start, length, 0, extended);
        }
        if (rest != (extended ? 2 : 1)) {
            return Optional.empty();
        }
        int last = c[c.length - 1] & 0xFF;
        int expected = extended ? ((c[c.length - 2] & 0xFF) << 8) | last : last;
        return of(c, start, length, expected == 0 ? (extended ? EXTENDED_MAX : SHORT_MAX) : expected, extended);
    }

    private static Optional<Apdu> of(byte[] c, int start, int length, int expected, boolean extended) {
        return Optional.of(new Apdu(
                c[0] & 0xFF,
                c[1] & 0xFF,
                c[2] & 0xFF,
                c[3] & 0xFF,
                length == 0 ? new byte[0] : Arrays.copyOfRange(c, start, start + length),
                expected,
                extended));
    }

    @Override
    public String toString() {
        return "Apdu[ins=" + Integer.toHexString(ins) + "]";
    }
}
