package jp.kakunin.codec;

import java.util.Arrays;
import java.util.Objects;
import jp.kakunin.domain.CheckId;
import org.jspecify.annotations.Nullable;

/// The card evidence behind one check, before it is sealed to the authority's key: the user-authentication certificate
/// (DER) and, only with PIN, the card's signature over [CardEvidence#signedContent].
public record CardAttachment(CheckId check, byte[] certificate, byte @Nullable [] signature) {
    @Override
    public boolean equals(Object other) {
        return other instanceof CardAttachment attachment
                && check.equals(attachment.check)
                && Arrays.equals(certificate, attachment.certificate)
                && Arrays.equals(signature, attachment.signature);
    }

    @Override
    public int hashCode() {
        return Objects.hash(check, Arrays.hashCode(certificate), Arrays.hashCode(signature));
    }

    @Override
    public String toString() {
        return "CardAttachment[" + check + "]";
    }
}
