package jp.kakunin.hub.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.ProofNumber;

/// Gives proof numbers and knows them again. The code of a number is the beginning of an HMAC-SHA256 over clinic, date,
/// outcome and its random part; nothing about the patient goes in, so nothing comes out.
public final class ProofNumbers {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES_MIN = 32;
    private static final String PURPOSE = "kakunin proof number";

    private final SecretKey key;
    private final RandomGenerator random;

    /// @param random thread-safe, or used by one thread; whoever can predict it still cannot make a number
    public ProofNumbers(byte[] key, RandomGenerator random) {
        if (key.length < KEY_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "the key of proof numbers must have at least " + KEY_BYTES_MIN + " bytes, got " + key.length);
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.random = random;
    }

    /// @param date the date that was asked for
    public ProofNumber give(InstitutionCode clinic, LocalDate date, Answer.Outcome outcome) {
        int drawn = random.nextInt();
        return new ProofNumber(drawn, code(clinic, date, outcome, drawn));
    }

    public boolean isGenuine(ProofNumber number, InstitutionCode clinic, LocalDate date, Answer.Outcome outcome) {
        return number.code() == code(clinic, date, outcome, number.random());
    }

    private long code(InstitutionCode clinic, LocalDate date, Answer.Outcome outcome, int drawn) {
        String text = String.join(
                "\n", PURPOSE, clinic.digits(), date.toString(), outcome.name(), Integer.toUnsignedString(drawn));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] all = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(all).getLong() >>> (Long.SIZE - ProofNumber.CODE_BYTES * Byte.SIZE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
