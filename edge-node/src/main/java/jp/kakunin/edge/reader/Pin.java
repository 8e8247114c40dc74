package jp.kakunin.edge.reader;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The four digits a patient typed. Lives only until the card has seen it: `close` overwrites it, and whoever reads a
/// card with it destroys it.
public final class Pin implements AutoCloseable {
    public static final int DIGITS = 4;

    private final byte[] digits;
    private boolean destroyed;

    private Pin(byte[] digits) {
        this.digits = digits;
    }

    /// Takes the digits over and overwrites the given array, also when it refuses them.
    public static Pin of(char[] typed) {
        try {
            byte[] digits = new byte[DIGITS];
            if (typed.length != DIGITS) {
                throw new IllegalArgumentException("the PIN must have " + DIGITS + " digits");
            }
            for (int i = 0; i < DIGITS; i++) {
                if (typed[i] < '0' || typed[i] > '9') {
                    Arrays.fill(digits, (byte) 0);
                    throw new IllegalArgumentException("the PIN must consist of the digits 0 to 9");
                }
                digits[i] = (byte) typed[i];
            }
            return new Pin(digits);
        } finally {
            Arrays.fill(typed, '\0');
        }
    }

    synchronized byte[] appendTo(byte[] header) {
        if (destroyed) {
            throw new IllegalStateException("the PIN has been destroyed");
        }
        byte[] command = Arrays.copyOf(header, header.length + DIGITS);
        System.arraycopy(digits, 0, command, header.length, DIGITS);
        return command;
    }

    @Override
    public synchronized void close() {
        Arrays.fill(digits, (byte) 0);
        destroyed = true;
    }

    synchronized boolean isDestroyed() {
        return destroyed
                && !new String(digits, StandardCharsets.US_ASCII).chars().anyMatch(c -> c != 0);
    }

    @Override
    public String toString() {
        return "Pin[redacted]";
    }
}
