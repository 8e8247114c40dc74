package jp.kakunin.hub.pki;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Digest;
import org.jspecify.annotations.Nullable;

/// What the hub reads from a device's client certificate: the device id, which is its common name, and the fingerprint.
public final class DeviceCertificate {
    private static final String COMMON_NAME = "CN=";

    private DeviceCertificate() {}

    /// The device named in the certificate, or null when its subject is not `CN=<device id>`.
    public static @Nullable DeviceId device(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName();
        if (!subject.startsWith(COMMON_NAME)) {
            return null;
        }
        try {
            return DeviceId.parse(subject.substring(COMMON_NAME.length()));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    public static Digest fingerprint(X509Certificate certificate) {
        try {
            return Digest.of(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that came over TLS has an encoding", e);
        }
    }
}
