package jp.kakunin.codec;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Something only the holder of one X25519 private key can read, bound to a context (for card evidence: the check id).
///
///     | version: 1 = 01 | ephemeral public key: 32, as in RFC 7748 | ciphertext | tag: 16 |
///
///     secret              = X25519(ephemeral, receiver)
///     key: 32 ‖ nonce: 12 = HKDF-SHA256(secret, salt = ephemeral public key, info = "kakunin sealed box 1" ‖ context)
///     ciphertext ‖ tag    = AES-256-GCM(key, nonce, content)
///
/// Each box has its own ephemeral key, so key and nonce are never used twice and the nonce needs no room.
public final class SealedBox {
    /// What a box is longer than its content.
    public static final int OVERHEAD_BYTES = 1 + 32 + 16;

    private static final byte VERSION = 1;
    private static final int POINT_BYTES = 32;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] LABEL = "kakunin sealed box 1".getBytes(StandardCharsets.US_ASCII);
    private static final SecureRandom RANDOM = new SecureRandom();

    private SealedBox() {}

    public static byte[] seal(PublicKey receiver, byte[] plain, byte[] context) {
        return seal(receiver, plain, context, RANDOM);
    }

    /// As [#seal(PublicKey, byte[], byte[])], with the randomness of a simulation.
    public static byte[] seal(PublicKey receiver, byte[] plain, byte[] context, SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("X25519");
            generator.initialize(NamedParameterSpec.X25519, random);
            KeyPair ephemeral = generator.generateKeyPair();
            byte[] point = point((XECPublicKey) ephemeral.getPublic());
            byte[] secret = agree(ephemeral.getPrivate(), receiver);
            byte[] hidden = cipher(Cipher.ENCRYPT_MODE, secret, point, context).doFinal(plain);
            return ByteBuffer.allocate(1 + POINT_BYTES + hidden.length)
                    .put(VERSION)
                    .put(point)
                    .put(hidden)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("sealing needs an X25519 public key", e);
        }
    }

    public static byte[] open(PrivateKey receiver, byte[] box, byte[] context) throws MalformedFrameException {
        if (box.length < OVERHEAD_BYTES) {
            throw new MalformedFrameException("a sealed box has at least " + OVERHEAD_BYTES + " bytes");
        }
        if (box[0] != VERSION) {
            throw new MalformedFrameException("the sealed box is of a version that is not known here: " + box[0]);
        }
        byte[] point = Arrays.copyOfRange(box, 1, 1 + POINT_BYTES);
        try {
            byte[] secret = agree(receiver, publicKey(point));
            int hidden = 1 + POINT_BYTES;
            return cipher(Cipher.DECRYPT_MODE, secret, point, context).doFinal(box, hidden, box.length - hidden);
        } catch (GeneralSecurityException _) {
            throw new MalformedFrameException(
                    "the sealed box does not open: another key, another context, or changed bytes");
        }
    }

    private static byte[] agree(PrivateKey own, PublicKey other) throws GeneralSecurityException {
        var agreement = KeyAgreement.getInstance("X25519");
        agreement.init(own);
        agreement.doPhase(other, true);
        return agreement.generateSecret();
    }

    private static Cipher cipher(int mode, byte[] secret, byte[] point, byte[] context)
            throws GeneralSecurityException {
        byte[] keys = KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract()
                        .addIKM(secret)
                        .addSalt(point)
                        .thenExpand(concat(LABEL, context), KEY_BYTES + NONCE_BYTES));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        var nonce = new GCMParameterSpec(TAG_BITS, keys, KEY_BYTES, NONCE_BYTES);
        cipher.init(mode, new SecretKeySpec(keys, 0, KEY_BYTES, "AES"), nonce);
        return cipher;
    }

    /// RFC 7748 writes the coordinate little-endian.
    static byte[] point(XECPublicKey key) {
        byte[] bigEndian = key.getU().toByteArray();
        byte[] point = new byte[POINT_BYTES];
        for (int i = 0; i < Math.min(POINT_BYTES, bigEndian.length); i++) {
            point[i] = bigEndian[bigEndian.length - 1 - i];
        }
        return point;
    }

    static PublicKey publicKey(byte[] point) throws GeneralSecurityException {
        byte[] bigEndian = new byte[POINT_BYTES];
        for (int i = 0; i < POINT_BYTES; i++) {
            bigEndian[i] = point[POINT_BYTES - 1 - i];
        }
        var u = new BigInteger(1, bigEndian);
        return KeyFactory.getInstance("X25519").generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u));
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
