package jp.kakunin.hub.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Set;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Digest;
import org.jspecify.annotations.Nullable;

/// What the hub reads from a device's client certificate: the device id, which is its common name, and the fingerprint.
public final class DeviceCertificate {
    /// How long a device's certificate lives; the device renews it by itself before.
    public static final Duration LIFE = Duration.ofDays(365);

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
        return Digest.of(encoded(certificate));
    }

    public static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that came over TLS has an encoding", e);
        }
    }

    /// When a certificate made now ends.
    public static Instant endOf(Instant now) {
        return now.plus(LIFE).truncatedTo(ChronoUnit.SECONDS);
    }

    public static X509Certificate parse(String pem) throws IOException {
        try {
            return Pem.certificate(pem);
        } catch (GeneralSecurityException e) {
            throw new IOException("a kept certificate cannot be read", e);
        }
    }

    public static String pem(X509Certificate certificate) {
        return Pem.of(certificate);
    }
}
