package jp.kakunin.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Ids;
import org.jspecify.annotations.Nullable;

/// Seals rows: without the key they are noise, wherever copies of them lie.
///
///     sealed = nonce: 12 | ciphertext | tag: 16      AES-256-GCM with the row's name as associated data
///     hidden = AES-256(id)                           one block: the same id always, so that a row is found by it
///     both keys = HKDF-SHA256(secret: 32, "kakunin rows 1" or "kakunin names 1")
///
/// A nonce is a random start for each opening of the key plus a count, so that none comes twice. Safe for use by
/// several threads.
public final class SealingKey {
    public static final int BYTES = 32;

    /// What a sealed row is longer than its content.
    public static final int OVERHEAD_BYTES = 12 + 16;

    private static final int NONCE_BYTES = 12;
    private static final int COUNT_AT = NONCE_BYTES - Long.BYTES;
    private static final int TAG_BITS = 128;
    private static final ThreadLocal<Cipher> ROWS = ThreadLocal.withInitial(() -> cipher("AES/GCM/NoPadding"));
    private static final ThreadLocal<Cipher> NAMES = ThreadLocal.withInitial(() -> cipher("AES/ECB/NoPadding"));

    private final byte[] secret;
    private final SecretKeySpec rows;
    private final SecretKeySpec names;
    private final byte[] nonceStart = new byte[NONCE_BYTES];
    private final AtomicLong count;
    private volatile @Nullable KeyPair exportKeys;

    SealingKey(byte[] secret, SecureRandom random) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes, this has " + secret.length);
        }
        this.secret = secret.clone();
        this.rows = derive(secret, "kakunin rows 1");
        this.names = derive(secret, "kakunin names 1");
        random.nextBytes(nonceStart);
        count = new AtomicLong(ByteBuffer.wrap(nonceStart).getLong(COUNT_AT));
    }

    static SealingKey random(SecureRandom random) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return new SealingKey(secret, random);
    }

    byte[] secret() {
        return secret.clone();
    }

    /// The key that whoever has this one and the other secret can make, and nobody else.
    SealingKey with(byte[] other, SecureRandom random) {
        byte[] both = ByteBuffer.allocate(secret.length + other.length)
                .put(secret)
                .put(other)
                .array();
        return new SealingKey(derive(both, "kakunin clinic 1").getEncoded(), random);
    }

    /// Names the key and tells nothing about it.
    public Digest id() {
        return Digest.of(derive(secret, "kakunin key id 1").getEncoded());
    }

    /// X25519, for what is sealed elsewhere and opened here: who has the public half can seal for this key and no
    /// more. It needs no keeping of its own, and is gone when this key is.
    public KeyPair exportKeys() {
        KeyPair known = exportKeys;
        if (known == null) {
            known = X25519.of(derive(secret, "kakunin export 1").getEncoded());
            exportKeys = known;
        }
        return known;
    }

    public byte[] seal(byte[] name, byte[] plain) {
        byte[] nonce = ByteBuffer.wrap(nonceStart.clone())
                .putLong(COUNT_AT, count.getAndIncrement())
                .array();
        try {
            byte[] sealed = Arrays.copyOf(nonce, plain.length + OVERHEAD_BYTES);
            rows(Cipher.ENCRYPT_MODE, nonce, name).doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every JDK", e);
        }
    }

    /// @throws UnsealableException when it was sealed by another key or for another name, or is damaged
    public byte[] open(byte[] name, byte[] sealed) throws UnsealableException {
        if (sealed.length < OVERHEAD_BYTES) {
            throw new UnsealableException("a sealed row has at least " + OVERHEAD_BYTES + " bytes");
        }
        try {
            byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            return rows(Cipher.DECRYPT_MODE, nonce, name).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (GeneralSecurityException _) {
            throw new UnsealableException("a row does not open: another key, another place, or changed bytes");
        }
    }

    /// The id as it may stand where the key does not protect it.
    public UUID hide(UUID id) {
        return names(Cipher.ENCRYPT_MODE, id);
    }

    private UUID names(int mode, UUID id) {
        try {
            Cipher cipher = NAMES.get();
            cipher.init(mode, names);
            return Ids.fromBytes(cipher.doFinal(Ids.bytes(id)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES is part of every JDK", e);
        }
    }

    /// What [#hide] was given.
    public UUID reveal(UUID hidden) {
        return names(Cipher.DECRYPT_MODE, hidden);
    }

    private Cipher rows(int mode, byte[] nonce, byte[] name) throws GeneralSecurityException {
        Cipher cipher = ROWS.get();
        cipher.init(mode, rows, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name);
        return cipher;
    }

    private static SecretKeySpec derive(byte[] secret, String purpose) {
        try {
            byte[] key = KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(secret)
                            .thenExpand(purpose.getBytes(StandardCharsets.US_ASCII), BYTES));
            return new SecretKeySpec(key, "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF is part of every JDK of this version", e);
        }
    }

    private static Cipher cipher(String transformation) {
        try {
            return Cipher.getInstance(transformation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES is part of every JDK", e);
        }
    }
}
