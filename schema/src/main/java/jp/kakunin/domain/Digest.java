package jp.kakunin.domain;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// A SHA-256 digest.
public final class Digest {
    public static final int BYTES = 32;
    public static final Digest ZERO = new Digest(new byte[BYTES]);

    private final byte[] value;

    public Digest(byte[] value) {
        if (value.length != BYTES) {
            throw new IllegalArgumentException("a digest has " + BYTES + " bytes, got " + value.length);
        }
        this.value = value.clone();
    }

    /// The digest of the parts one after another.
    public static Digest of(byte[]... parts) {
        MessageDigest sha = sha256();
        for (byte[] part : parts) {
            sha.update(part);
        }
        return new Digest(sha.digest());
    }

    public byte[] bytes() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && Arrays.equals(value, digest.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(value);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
