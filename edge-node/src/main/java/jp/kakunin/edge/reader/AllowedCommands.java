package jp.kakunin.edge.reader;

import java.util.Arrays;
import java.util.Set;

/// The only commands that ever reach a card. Every command passes here, so that no mistake elsewhere can select the
/// applications with the 12-digit number, the signature key, or change anything on the card.
final class AllowedCommands {
    private static final Set<Integer> FILES = Set.of(Jpki.EF_CERTIFICATE, Jpki.EF_KEY, Jpki.EF_PIN);
    private static final int PLAIN_CLASS = 0x00;
    private static final int SIGN_CLASS = 0x80;

    private AllowedCommands() {}

    /// Throws when the command is not one of ours; the message names the header only, since the rest may be a PIN.
    static void require(byte[] command) {
        if (!allowed(command)) {
            throw new IllegalStateException("command refused before it reached the card: " + header(command));
        }
    }

    static boolean allowed(byte[] c) {
        if (c.length < 4) {
            return false;
        }
        int cla = c[0] & 0xFF;
        int ins = c[1] & 0xFF;
        if (cla == SIGN_CLASS) {
            return ins == Jpki.INS_SIGN && isSignature(c);
        }
        return cla == PLAIN_CLASS
                && switch (ins) {
                    case Jpki.INS_SELECT -> Arrays.equals(c, Jpki.selectApplication()) || isFileOfOurs(c);
                    case Jpki.INS_READ_BINARY -> isReadOfSelectedFile(c);
                    case Jpki.INS_VERIFY -> isVerify(c);
                    case Jpki.INS_GET_RESPONSE -> c.length == 5 && c[2] == 0 && c[3] == 0;
                    default -> false;
                };
    }

    private static boolean isFileOfOurs(byte[] c) {
        int file = c.length == 7 ? ((c[5] & 0xFF) << 8) | (c[6] & 0xFF) : -1;
        return FILES.contains(file) && Arrays.equals(c, Jpki.selectFile(file));
    }

    /// The highest bit of P1 would name a file instead of using the selected one.
    private static boolean isReadOfSelectedFile(byte[] c) {
        return c[2] >= 0 && (c.length == 5 || Arrays.equals(c, Jpki.readWholeExtended()));
    }

    private static boolean isVerify(byte[] c) {
        boolean ofSelectedPin = c[2] == 0 && c[3] == (byte) 0x80;
        if (!ofSelectedPin || c.length == 4) {
            return ofSelectedPin;
        }
        if (c.length != 5 + Pin.DIGITS || c[4] != Pin.DIGITS) {
            return false;
        }
        for (int i = 5; i < c.length; i++) {
            if (c[i] < '0' || c[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isSignature(byte[] c) {
        int hash = 5 + Jpki.SHA_256_PREFIX.length;
        return c.length == hash + Jpki.SHA_256_BYTES + 1
                && c[2] == 0
                && c[3] == (byte) 0x80
                && c[4] == Jpki.SHA_256_PREFIX.length + Jpki.SHA_256_BYTES
                && Arrays.equals(c, 5, hash, Jpki.SHA_256_PREFIX, 0, Jpki.SHA_256_PREFIX.length);
    }

    private static String header(byte[] command) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(4, command.length); i++) {
            text.append(String.format("%02X", command[i]));
        }
        return text.append(" (").append(command.length).append(" bytes)").toString();
    }
}
