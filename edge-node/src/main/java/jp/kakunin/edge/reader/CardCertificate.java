package jp.kakunin.edge.reader;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;

/// The user-authentication certificate of a card. Its serial number identifies a person for years, so it is personal
/// data and never appears in a text.
public final class CardCertificate {
    private final byte[] der;
    private final X509Certificate parsed;

    private CardCertificate(byte[] der, X509Certificate parsed) {
        this.der = der;
        this.parsed = parsed;
    }

    /// Throws when the bytes are no X.509 certificate. The chain and the signature are the authority's to judge.
    public static CardCertificate parse(byte[] der) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        if (!(factory.generateCertificate(new ByteArrayInputStream(der)) instanceof X509Certificate parsed)) {
            throw new CertificateException("not an X.509 certificate");
        }
        return new CardCertificate(der.clone(), parsed);
    }

    public byte[] der() {
        return der.clone();
    }

    public BigInteger serial() {
        return parsed.getSerialNumber();
    }

    public Instant notBefore() {
        return parsed.getNotBefore().toInstant();
    }

    public Instant notAfter() {
        return parsed.getNotAfter().toInstant();
    }

    public PublicKey publicKey() {
        return parsed.getPublicKey();
    }

    boolean sameAs(CardCertificate other) {
        return Arrays.equals(der, other.der);
    }

    @Override
    public String toString() {
        return "CardCertificate[redacted]";
    }
}
