package jp.kakunin.hub.authority;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import jp.kakunin.codec.AttachmentCodec;
import jp.kakunin.codec.CardAttachment;
import jp.kakunin.codec.CardEvidence;
import jp.kakunin.codec.MalformedFrameException;
import jp.kakunin.codec.SealedBox;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.Ids;
import jp.kakunin.domain.InstitutionCode;
import org.jspecify.annotations.Nullable;

/// The evidence of a card out of its seal. Who issued the certificate is not looked at: that is the national system's
/// to
/// say.
///
/// @param signature `null` without a PIN: the clinic compared the face
public record CardInHand(X509Certificate certificate, byte @Nullable [] signature) {
    /// Why there is none.
    static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final EvidenceFlaw flaw;

        UnusableException(EvidenceFlaw flaw) {
            super(flaw.name());
            this.flaw = flaw;
        }

        AuthorityResult result() {
            return new AuthorityResult.Unusable(flaw);
        }
    }

    static CardInHand open(PrivateKey attachmentKey, Inquiry.ByCard inquiry) throws UnusableException {
        CardAttachment evidence;
        try {
            byte[] context = Ids.bytes(inquiry.check().value());
            evidence = AttachmentCodec.decode(SealedBox.open(attachmentKey, inquiry.attachment(), context));
        } catch (MalformedFrameException _) {
            throw new UnusableException(EvidenceFlaw.NOT_READABLE);
        }
        if (!evidence.check().equals(inquiry.check())) {
            throw new UnusableException(EvidenceFlaw.SIGNATURE_WRONG);
        }
        try {
            return of(evidence.certificate(), evidence.signature());
        } catch (CertificateException _) {
            throw new UnusableException(EvidenceFlaw.NOT_A_CERTIFICATE);
        }
    }

    public static CardInHand of(byte[] der, byte @Nullable [] signature) throws CertificateException {
        var certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        return new CardInHand(certificate, signature);
    }

    public boolean isFor(CheckId check, InstitutionCode clinic, LocalDate asOf) {
        if (signature == null) {
            return true;
        }
        try {
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(CardEvidence.signedContent(check, clinic, asOf));
            return verifier.verify(signature);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "CardInHand[redacted]";
    }
}
