package jp.kakunin.codec;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.AnswerReceived;
import jp.kakunin.domain.Fact.EvidenceFoundUnusable;

/// The hub's mark on what it recorded about asking. An edge keeps such facts and gives them back when the hub was
/// restored from an older state; the seal, HMAC-SHA256 over the encoded fact with 32 zero bytes in its place, tells
/// them from forged ones.
public final class AnswerSeal {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES_MIN = 32;

    private final SecretKey key;

    public AnswerSeal(byte[] key) {
        if (key.length < KEY_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "the key of the answer seal must have at least " + KEY_BYTES_MIN + " bytes, got " + key.length);
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /// The same fact, sealed; a seal that it had does not matter.
    public AnswerReceived seal(AnswerReceived unsealed) {
        return unsealed.withSeal(mac(unsealed));
    }

    /// The same for a check that cannot be asked about.
    public EvidenceFoundUnusable seal(EvidenceFoundUnusable unsealed) {
        return unsealed.withSeal(mac(unsealed));
    }

    public boolean verifies(Fact.Sealed fact) {
        return MessageDigest.isEqual(mac(fact).bytes(), fact.seal().bytes());
    }

    private Digest mac(Fact.Sealed fact) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return new Digest(mac.doFinal(FactCodec.encode(fact.withSeal(Digest.ZERO))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
