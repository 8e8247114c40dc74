package jp.kakunin.hub.pki;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Digest;
import org.jspecify.annotations.Nullable;

/// What the hub reads from a device's client certificate: the device id, which is its common name, and the fingerprint.
public final class DeviceCertificate {
    private static final String COMMON_NAME = "CN=";

    /// Extended key usage: authentication of a TLS client.
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";

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

    /// Whether that authority issued it for a device and it is valid at that time: what TLS asks of a client.
    public static boolean isOf(X509Certificate certificate, X509Certificate authority, Instant now) {
        try {
            var parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes != null && purposes.contains(CLIENT);
        } catch (GeneralSecurityException _) {
            return false;
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
