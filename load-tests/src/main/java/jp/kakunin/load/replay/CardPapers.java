package jp.kakunin.load.replay;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import jp.kakunin.codec.AttachmentCodec;
import jp.kakunin.codec.CardAttachment;
import jp.kakunin.codec.SealedBox;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Ids;
import jp.kakunin.load.card.TestCardAuthority;

/// The sealed card evidence of a check.
@FunctionalInterface
public interface CardPapers {
    byte[] of(CheckId check);

    /// What a reader would have given after a visual check, sealed so that the hub's authority can open it. The
    /// registry of the demonstration does not know this card.
    static CardPapers sealed(PublicKey authority, Instant now, SecureRandom random) {
        byte[] certificate = certificate(now, random);
        return check -> SealedBox.seal(
                authority,
                AttachmentCodec.encode(new CardAttachment(check, certificate, null)),
                Ids.bytes(check.value()),
                random);
    }

    /// As long as a sealed one and made at no cost; nobody can open it.
    static CardPapers blank(RandomGenerator random) {
        return _ -> {
            byte[] blank = new byte[BLANK_BYTES];
            random.nextBytes(blank);
            return blank;
        };
    }

    /// Certificate, signature and the seal around them.
    int BLANK_BYTES = 1_500;

    private static byte[] certificate(Instant now, SecureRandom random) {
        try {
            return TestCardAuthority.create(now, random)
                    .issue("LOAD0000000000000TEST1", BigInteger.TWO, now, now.plus(Duration.ofDays(365)))
                    .certificate()
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate was made that cannot be encoded", e);
        }
    }
}
