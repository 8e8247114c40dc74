package jp.kakunin.load.card;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Cipher;

/// The files of the JPKI application that a virtual card has.
final class CardFiles {
    static final byte[] APPLICATION = HexFormat.of().parseHex("D392F000260100000001");
    static final int CERTIFICATE = 0x000A;
    static final int KEY = 0x0017;
    static final int PIN = 0x0018;
    static final Set<Integer> KNOWN = Set.of(CERTIFICATE, KEY, PIN);

    private static final int GARBAGE_BYTES = 300;

    private final byte[] certificate;
    private final PrivateKey key;

    CardFiles(byte[] certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /// Empty for a file that cannot be read.
    byte[] content(int file, CardFaults faults) {
        if (file != CERTIFICATE) {
            return new byte[0];
        }
        if (faults.has(CardQuirk.CERTIFICATE_IS_GARBAGE)) {
            byte[] garbage = new byte[GARBAGE_BYTES];
            Arrays.fill(garbage, (byte) 0x5A);
            return garbage;
        }
        return Arrays.copyOf(certificate, certificate.length + faults.trailingBytes());
    }

    /// PKCS#1 v1.5 over whatever the terminal sends, as the card does.
    byte[] sign(byte[] digestInfo) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher.doFinal(digestInfo);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a test card cannot sign", e);
        }
    }

    static byte[] status(int sw) {
        return new byte[] {(byte) (sw >> 8), (byte) sw};
    }

    static byte[] withStatus(byte[] data, int sw) {
        byte[] answer = Arrays.copyOf(data, data.length + 2);
        answer[data.length] = (byte) (sw >> 8);
        answer[data.length + 1] = (byte) sw;
        return answer;
    }
}
