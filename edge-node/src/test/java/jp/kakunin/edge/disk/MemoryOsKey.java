package jp.kakunin.edge.disk;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A key that lives as long as the test.
public final class MemoryOsKey implements OsKey {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final byte[] key = new byte[32];

    public MemoryOsKey() {
        random.nextBytes(key);
    }

    @Override
    public byte[] protect(byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(secret);
            byte[] made = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, made, NONCE_BYTES, sealed.length);
            return made;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] unprotect(byte[] protectedSecret) throws ProtectionException {
        try {
            byte[] nonce = Arrays.copyOf(protectedSecret, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, nonce)
                    .doFinal(protectedSecret, NONCE_BYTES, protectedSecret.length - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new ProtectionException(e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
