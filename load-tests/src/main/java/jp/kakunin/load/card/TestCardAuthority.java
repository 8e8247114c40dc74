package jp.kakunin.load.card;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// An authority of our own that issues certificates shaped like those of user authentication. It calls itself
/// `O=JPKI-TEST`, which a production verifier must reject.
public final class TestCardAuthority {
    /// User authentication in the test environment of JPKI.
    static final String POLICY = "1.2.392.200149.8.5.1.0.30";

    private static final X500Name NAME =
            new X500Name("C=JP,O=JPKI-TEST,OU=JPKI for user authentication,OU=Kakunin test authority");
    private static final int KEY_BITS = 2_048;
    private static final Duration VALIDITY = Duration.ofDays(3_650);

    private final CardIdentity own;
    private final SecureRandom random;

    TestCardAuthority(CardIdentity own, SecureRandom random) {
        this.own = own;
        this.random = random;
    }

    /// Makes a new authority with a key of its own.
    public static TestCardAuthority create(Instant now, SecureRandom random) {
        try {
            KeyPair keys = newKeys(random);
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                            NAME,
                            BigInteger.ONE,
                            Date.from(now.minus(Duration.ofDays(3_650))),
                            Date.from(now.plus(VALIDITY)),
                            NAME,
                            keys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            ContentSigner signer = new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate());
            X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
            return new TestCardAuthority(new CardIdentity(certificate, keys.getPrivate()), random);
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException("cannot make a test authority", e);
        }
    }

    public X509Certificate certificate() {
        return own.certificate();
    }

    CardIdentity identity() {
        return own;
    }

    /// Issues a certificate for a new key.
    ///
    /// @param holder 22 letters and digits; stands in the subject where no name does
    public CardIdentity issue(String holder, BigInteger serial, Instant notBefore, Instant notAfter) {
        try {
            KeyPair keys = newKeys(random);
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                            NAME,
                            serial,
                            Date.from(notBefore),
                            Date.from(notAfter),
                            new X500Name("C=JP,CN=" + holder),
                            keys.getPublic())
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.certificatePolicies,
                            true,
                            new CertificatePolicies(new PolicyInformation(new ASN1ObjectIdentifier(POLICY))))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(own.certificate()));
            ContentSigner signer = new JcaContentSignerBuilder("SHA256withRSA").build(own.key());
            X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
            return new CardIdentity(certificate, keys.getPrivate());
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new IllegalStateException("cannot issue a test certificate", e);
        }
    }

    boolean issued(X509Certificate certificate) {
        try {
            certificate.verify(own.certificate().getPublicKey());
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static KeyPair newKeys(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS, random);
        return generator.generateKeyPair();
    }
}
