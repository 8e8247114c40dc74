package jp.kakunin.domain;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

/// What a clinic writes down of an answered check, e.g. `EXAMPLE`: a random part and a code that only
/// the hub can make for it. Names nobody, and nothing can be looked up by it; with clinic, date and outcome the hub
/// can tell later whether it gave it.
///
/// Seventeen characters of an alphabet without look-alikes, and a check character that notices every single wrong
/// character and every two that changed places. The alphabet has a prime number of characters for that.
///
/// @param code 40 bits, over clinic, date, outcome and the random part
public record ProofNumber(int random, long code) {
    public static final int BYTES = 9;
    public static final int CODE_BYTES = 5;

    /// Of 0 O Q D, of 1 I L, of 2 Z, of 5 S, of 6 G, of 8 B and of U V W at most one.
    private static final String ALPHABET = "3479ABCDEFGHJKMNPRTWXYZ";
    private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());
    private static final int BODY = 17;
    private static final int GROUP = 6;
    private static final long CODE_MAX = (1L << CODE_BYTES * Byte.SIZE) - 1;

    public ProofNumber {
        if (code < 0 || code > CODE_MAX) {
            throw new IllegalArgumentException("the code of a proof number has " + CODE_BYTES + " bytes");
        }
    }

    /// Reads it as it was typed: small letters, spaces and missing hyphens do not matter.
    ///
    /// @throws IllegalArgumentException if it cannot be a proof number, mostly because it was mistyped
    public static ProofNumber parse(String text) {
        String typed = text.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        if (typed.length() != BODY + 1 || typed.chars().anyMatch(c -> ALPHABET.indexOf(c) < 0)) {
            throw new IllegalArgumentException(
                    "a proof number has " + (BODY + 1) + " characters, each one of " + ALPHABET);
        }
        String body = typed.substring(0, BODY);
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < BODY; i++) {
            value = value.multiply(BASE).add(BigInteger.valueOf(ALPHABET.indexOf(body.charAt(i))));
        }
        if (typed.charAt(BODY) != check(body) || value.bitLength() > BYTES * Byte.SIZE) {
            throw new IllegalArgumentException("the check character does not fit: a character of the number is wrong");
        }
        return fromBytes(fill(value.toByteArray()));
    }

    public static ProofNumber fromBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a proof number has " + BYTES + " bytes, got " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int random = buffer.getInt();
        long code = Byte.toUnsignedLong(buffer.get()) << Integer.SIZE | Integer.toUnsignedLong(buffer.getInt());
        return new ProofNumber(random, code);
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .putInt(random)
                .put((byte) (code >>> Integer.SIZE))
                .putInt((int) code)
                .array();
    }

    @Override
    public String toString() {
        var body = new StringBuilder();
        BigInteger value = new BigInteger(1, bytes());
        for (int i = 0; i < BODY; i++) {
            body.insert(0, ALPHABET.charAt(value.mod(BASE).intValue()));
            value = value.divide(BASE);
        }
        body.append(check(body.toString()));
        for (int at = body.length() - GROUP; at > 0; at -= GROUP) {
            body.insert(at, '-');
        }
        return body.toString();
    }

    /// Each place has its own weight, so two characters that changed places change the sum.
    private static char check(String body) {
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            sum += (i + 1) * ALPHABET.indexOf(body.charAt(i));
        }
        return ALPHABET.charAt(sum % ALPHABET.length());
    }

    /// To nine bytes, without the sign that [BigInteger] may put in front.
    private static byte[] fill(byte[] number) {
        byte[] bytes = new byte[BYTES];
        byte[] digits = number.length > BYTES ? Arrays.copyOfRange(number, 1, number.length) : number;
        System.arraycopy(digits, 0, bytes, BYTES - digits.length, digits.length);
        return bytes;
    }
}
