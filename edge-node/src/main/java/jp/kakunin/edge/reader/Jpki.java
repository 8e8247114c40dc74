package jp.kakunin.edge.reader;

import java.util.Arrays;
import java.util.HexFormat;

/// The names of the card's JPKI application that Kakunin knows: nothing of the signature key, nothing of the
/// applications that hold the 12-digit number.
final class Jpki {
    static final byte[] APPLICATION = HexFormat.of().parseHex("D392F000260100000001");

    static final int EF_CERTIFICATE = 0x000A;
    static final int EF_KEY = 0x0017;
    static final int EF_PIN = 0x0018;

    static final int INS_VERIFY = 0x20;
    static final int INS_SIGN = 0x2A;
    static final int INS_SELECT = 0xA4;
    static final int INS_READ_BINARY = 0xB0;
    static final int INS_GET_RESPONSE = 0xC0;

    /// ASN.1 in front of a SHA-256 hash (DigestInfo of PKCS#1 v1.5).
    static final byte[] SHA_256_PREFIX = HexFormat.of().parseHex("3031300D060960864801650304020105000420");

    static final int SHA_256_BYTES = 32;

    private Jpki() {}

    static byte[] selectApplication() {
        return join(new byte[] {0x00, (byte) INS_SELECT, 0x04, 0x0C, (byte) APPLICATION.length}, APPLICATION);
    }

    static byte[] selectFile(int file) {
        return new byte[] {0x00, (byte) INS_SELECT, 0x02, 0x0C, 0x02, (byte) (file >> 8), (byte) file};
    }

    static byte[] askTries() {
        return new byte[] {0x00, INS_VERIFY, 0x00, (byte) 0x80};
    }

    static byte[] verify(Pin pin) {
        return pin.appendTo(new byte[] {0x00, INS_VERIFY, 0x00, (byte) 0x80, Pin.DIGITS});
    }

    /// @param length 1 to 256; 256 is written as 0
    static byte[] readBinary(int offset, int length) {
        return new byte[] {0x00, (byte) INS_READ_BINARY, (byte) (offset >> 8), (byte) offset, (byte) length};
    }

    static byte[] readWholeExtended() {
        return new byte[] {0x00, (byte) INS_READ_BINARY, 0, 0, 0, 0, 0};
    }

    static byte[] sign(byte[] sha256) {
        byte[] info = join(SHA_256_PREFIX, sha256);
        byte[] command = join(new byte[] {(byte) 0x80, INS_SIGN, 0x00, (byte) 0x80, (byte) info.length}, info);
        return join(command, new byte[] {0});
    }

    static byte[] getResponse(int length) {
        return new byte[] {0x00, (byte) INS_GET_RESPONSE, 0, 0, (byte) length};
    }

    static byte[] join(byte[] head, byte[] tail) {
        byte[] joined = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, joined, head.length, tail.length);
        return joined;
    }
}
