package jp.kakunin.codec;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Fact.AnswerReceived;

/// The hub's mark on its own answers. An edge keeps answers and gives them back when the hub was restored from an older
/// state; the seal, HMAC-SHA256 over the encoded fact with 32 zero bytes in its place, tells them from forged ones.
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

    /// The same answer, sealed; a seal that it had does not matter.
    public AnswerReceived seal(AnswerReceived unsealed) {
        return with(unsealed, new Digest(mac(unsealed)));
    }

    public boolean verifies(AnswerReceived answer) {
        return MessageDigest.isEqual(mac(answer), answer.seal().bytes());
    }

    private byte[] mac(AnswerReceived answer) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(FactCodec.encode(with(answer, Digest.ZERO)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static AnswerReceived with(AnswerReceived answer, Digest seal) {
        return new AnswerReceived(
                answer.envelope(), answer.check(), answer.asOf(), answer.answeredAt(), answer.answer(), seal);
    }
}
