package jp.kakunin.hub.activation;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import jp.kakunin.domain.Digest;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/// The key pair of a device, of which it shows the public half and that it has the other (PKCS#10). The subject it
/// wishes for is not looked at: the hub names the device.
public record SigningRequest(PublicKey key, Digest fingerprint) {
    /// @param base64 DER
    /// @throws IllegalArgumentException if it is no P-256 key that signed its own request
    public static SigningRequest parse(String base64) {
        try {
            var request = new PKCS10CertificationRequest(Base64.getDecoder().decode(base64));
            SubjectPublicKeyInfo key = request.getSubjectPublicKeyInfo();
            boolean curve =
                    SECObjectIdentifiers.secp256r1.equals(key.getAlgorithm().getParameters());
            if (!curve || !request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new IllegalArgumentException("the signing request must be of a P-256 key and signed by it");
            }
            byte[] encoded = key.getEncoded();
            return new SigningRequest(
                    KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded)), Digest.of(encoded));
        } catch (IOException | GeneralSecurityException | PKCSException | OperatorCreationException e) {
            throw new IllegalArgumentException("the signing request must be PKCS#10 in base64", e);
        }
    }
}
