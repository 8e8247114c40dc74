package jp.kakunin.keys;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;

/// The pair that belongs to a secret. The JDK makes pairs from randomness alone, but the public key is the secret
/// applied to the base point (RFC 7748, section 6.1), which an agreement computes.
final class X25519 {
    private static final String NAME = "X25519";
    private static final BigInteger BASE_POINT = BigInteger.valueOf(9);

    private X25519() {}

    static KeyPair of(byte[] secret) {
        try {
            KeyFactory keys = KeyFactory.getInstance(NAME);
            PrivateKey own = keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, secret));
            KeyAgreement agreement = KeyAgreement.getInstance(NAME);
            agreement.init(own);
            agreement.doPhase(publicKey(keys, BASE_POINT), true);
            return new KeyPair(publicKey(keys, littleEndian(agreement.generateSecret())), own);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("X25519 is part of every JDK", e);
        }
    }

    private static PublicKey publicKey(KeyFactory keys, BigInteger u) throws GeneralSecurityException {
        return keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u));
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] bigEndian = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            bigEndian[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, bigEndian);
    }
}
