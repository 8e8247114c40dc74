package jp.kakunin.hub.http;

import io.vertx.core.http.HttpServerRequest;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.hub.fleet.FileDeviceDirectory;
import jp.kakunin.hub.pki.DeviceCertificate;
import org.jspecify.annotations.Nullable;

/// Tells who is calling: the device whose certificate opened the connection, and only while the register names exactly
/// that certificate for it. An older certificate of a device that was enrolled again is refused.
final class Callers {
    private final FileDeviceDirectory devices;

    Callers(FileDeviceDirectory devices) {
        this.devices = devices;
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
        if (!devices.knows(device, DeviceCertificate.fingerprint(certificate))) {
            throw new Rejection(new Problem(
                    403,
                    Problem.Code.DEVICE_UNKNOWN,
                    "The client certificate is not the one this hub holds for device " + device
                            + ". Enrol the device again."));
        }
        return device;
    }

    private static X509Certificate certificateOf(HttpServerRequest request) {
        @Nullable SSLSession session = request.connection().sslSession();
        if (session != null) {
            try {
                if (session.getPeerCertificates()[0] instanceof X509Certificate certificate) {
                    return certificate;
                }
            } catch (SSLPeerUnverifiedException _) {
                // The port asks for a certificate, so this cannot be; refused all the same.
            }
        }
        throw new Rejection(new Problem(
                403, Problem.Code.CERTIFICATE_UNUSABLE, "This port answers only devices with a client certificate."));
    }
}
