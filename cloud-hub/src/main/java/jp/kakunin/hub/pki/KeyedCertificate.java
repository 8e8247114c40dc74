package jp.kakunin.hub.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/// A certificate and the private key that belongs to it.
public record KeyedCertificate(PrivateKey key, X509Certificate certificate) {
    public String keyPem() {
        return Pem.of(key);
    }

    public String certificatePem() {
        return Pem.of(certificate);
    }

    @Override
    public String toString() {
        return "KeyedCertificate[" + certificate.getSubjectX500Principal() + "]";
    }
}
