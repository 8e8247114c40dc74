package jp.kakunin.hub.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.hub.disk.PrivateFile;

/// The development CA: made at the first start, it signs the hub's server certificate and the certificates of devices.
/// Key and certificate stand in `ca-key.pem` and `ca-cert.pem`, the server's in `server-key.pem` and `server-cert.pem`.
public final class CertificateAuthority {
    private final KeyedCertificate ca;
    private final KeyedCertificate server;
    private final SecureRandom random;

    private CertificateAuthority(KeyedCertificate ca, KeyedCertificate server, SecureRandom random) {
        this.ca = ca;
        this.server = server;
        this.random = random;
    }

    /// Opens the CA in that folder and makes what is missing. The caller holds the setup lock.
    public static CertificateAuthority openOrMake(Path folder, SecureRandom random) throws IOException {
        try {
            var ca = readOrMake(folder, "ca", () -> {
                KeyPair keys = newKeys(random);
                return new KeyedCertificate(keys.getPrivate(), Certificates.ca(keys, random));
            });
            var server = readOrMake(folder, "server", () -> {
                KeyPair keys = newKeys(random);
                return new KeyedCertificate(keys.getPrivate(), Certificates.server(ca, keys.getPublic(), random));
            });
            return new CertificateAuthority(ca, server, random);
        } catch (GeneralSecurityException e) {
            throw new IOException("the CA in " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    public X509Certificate certificate() {
        return ca.certificate();
    }

    public String certificatePem() {
        return ca.certificatePem();
    }

    public KeyedCertificate server() {
        return server;
    }

    /// A certificate with a key pair made here, for an identity that is carried as a folder.
    public KeyedCertificate issue(DeviceId device, Instant until) {
        try {
            KeyPair keys = newKeys(random);
            return new KeyedCertificate(keys.getPrivate(), sign(device, keys.getPublic(), until));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK signs with P-256", e);
        }
    }

    /// A certificate for a key pair that was made on the device and never left it.
    public X509Certificate sign(DeviceId device, PublicKey key, Instant until) {
        try {
            return Certificates.device(ca, device, key, until, random);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK signs with P-256", e);
        }
    }

    @FunctionalInterface
    private interface Maker {
        KeyedCertificate make() throws GeneralSecurityException;
    }

    private static KeyedCertificate readOrMake(Path folder, String name, Maker maker)
            throws IOException, GeneralSecurityException {
        Path key = folder.resolve(name + "-key.pem");
        Path certificate = folder.resolve(name + "-cert.pem");
        if (Files.exists(certificate)) {
            return new KeyedCertificate(
                    Pem.privateKey("EC", Files.readString(key)), Pem.certificate(Files.readString(certificate)));
        }
        KeyedCertificate made = maker.make();
        PrivateFile.write(key, made.keyPem());
        PrivateFile.write(certificate, made.certificatePem());
        return made;
    }

    private static KeyPair newKeys(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }
}
