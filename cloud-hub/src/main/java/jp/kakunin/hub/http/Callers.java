package jp.kakunin.hub.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.hub.fleet.FileDeviceDirectory;
import jp.kakunin.hub.pki.DeviceCertificate;
import org.jspecify.annotations.Nullable;

/// Tells who is calling: the device whose certificate opened the connection, and only while the register names exactly
/// that certificate for it, or it is newer, and has not ended by the hub's clock.
final class Callers {
    private final FileDeviceDirectory devices;
    private final InstantSource clock;

    Callers(FileDeviceDirectory devices, InstantSource clock) {
        this.devices = devices;
        this.clock = clock;
    }

    /// @throws Rejection if the certificate belongs to no enrolled device
    DeviceId deviceOf(HttpServerRequest request) {
        X509Certificate certificate = certificateOf(request);
        @Nullable DeviceId device = DeviceCertificate.device(certificate);
        if (device == null) {
            throw new Rejection(
                    new Problem(
                            403,
                            Problem.Code.CERTIFICATE_UNUSABLE,
                            "The subject of the client certificate must be CN=<device id>. Use the identity made by `hub enrol`."));
        }
        Instant end = certificate.getNotAfter().toInstant();
        if (!devices.knows(device, DeviceCertificate.fingerprint(certificate), end)) {
            throw new Rejection(new Problem(
                    403,
                    Problem.Code.DEVICE_UNKNOWN,
                    "The client certificate is not the one this hub holds for device " + device
                            + ". Enrol the device again."));
        }
        if (clock.instant().isAfter(end)) {
            throw new Rejection(new Problem(
                    403,
                    Problem.Code.CERTIFICATE_EXPIRED,
                    "The certificate of device " + device + " ended at " + end
                            + ". Activate the device again with a new activation code; it keeps what it recorded."));
        }
        return device;
    }

    static boolean hasCertificate(HttpConnection connection) {
        return certificateOf(connection) != null;
    }

    static X509Certificate certificateOf(HttpServerRequest request) {
        @Nullable X509Certificate certificate = certificateOf(request.connection());
        if (certificate == null) {
            throw new Rejection(new Problem(
                    403,
                    Problem.Code.CERTIFICATE_UNUSABLE,
                    "This address answers only devices with a client certificate."));
        }
        return certificate;
    }

    private static @Nullable X509Certificate certificateOf(HttpConnection connection) {
        @Nullable SSLSession session = connection.sslSession();
        if (session != null) {
            try {
                if (session.getPeerCertificates()[0] instanceof X509Certificate certificate) {
                    return certificate;
                }
            } catch (SSLPeerUnverifiedException _) {
                // Not every caller has one: a device that is being activated has none yet.
            }
        }
        return null;
    }
}
