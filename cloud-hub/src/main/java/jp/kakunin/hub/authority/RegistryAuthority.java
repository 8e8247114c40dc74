package jp.kakunin.hub.authority;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.codec.AttachmentCodec;
import jp.kakunin.codec.CardAttachment;
import jp.kakunin.codec.CardEvidence;
import jp.kakunin.codec.MalformedFrameException;
import jp.kakunin.codec.SealedBox;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.Ids;

/// An authority that answers from a registry file, for demonstrations and tests. It finds people by the serial
/// number of the card's certificate; it does not ask who issued the certificate.
public final class RegistryAuthority implements Authority {
    private final Registry registry;
    private final PrivateKey attachmentKey;
    private final InstantSource clock;

    private RegistryAuthority(Registry registry, PrivateKey attachmentKey, InstantSource clock) {
        this.registry = registry;
        this.attachmentKey = attachmentKey;
        this.clock = clock;
    }

    /// @param attachmentKey the X25519 key to whose public half edges seal their card evidence
    /// @throws IOException naming file, line, column and remedy
    public static RegistryAuthority load(Path csv, PrivateKey attachmentKey, InstantSource clock) throws IOException {
        return new RegistryAuthority(Registry.load(csv), attachmentKey, clock);
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.ASK_NOW, Capability.ASK_CAPTURED);
    }

    @Override
    public CompletableFuture<AuthorityResult> ask(Inquiry inquiry) {
        return CompletableFuture.completedFuture(answer(inquiry));
    }

    private AuthorityResult answer(Inquiry inquiry) {
        Instant now = clock.instant();
        CardAttachment evidence;
        try {
            byte[] context = Ids.bytes(inquiry.check().value());
            evidence = AttachmentCodec.decode(SealedBox.open(attachmentKey, inquiry.attachment(), context));
        } catch (MalformedFrameException _) {
            return new AuthorityResult.Unusable(EvidenceFlaw.NOT_READABLE);
        }
        X509Certificate certificate;
        try {
            certificate = certificate(evidence.certificate());
        } catch (CertificateException _) {
            return new AuthorityResult.Unusable(EvidenceFlaw.NOT_A_CERTIFICATE);
        }
        if (!evidence.check().equals(inquiry.check()) || !isSigned(evidence, certificate, inquiry)) {
            return new AuthorityResult.Unusable(EvidenceFlaw.SIGNATURE_WRONG);
        }
        return new AuthorityResult.Answered(
                inquiry.asOf(), now, registry.answer(certificate.getSerialNumber(), inquiry.asOf()));
    }

    /// Without a PIN there is no signature; the clinic compared the face.
    private static boolean isSigned(CardAttachment evidence, X509Certificate certificate, Inquiry inquiry) {
        byte[] signature = evidence.signature();
        if (signature == null) {
            return true;
        }
        try {
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(CardEvidence.signedContent(inquiry.check(), inquiry.clinic(), inquiry.asOf()));
            return verifier.verify(signature);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static X509Certificate certificate(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
