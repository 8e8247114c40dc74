package jp.kakunin.hub.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/// The key and certificate in an edge node's identity folder.
public final class IdentityFolder {
    public static final String KEY = "device-key.pem";
    public static final String CERTIFICATE = "device-cert.pem";

    private IdentityFolder() {}

    public static KeyedCertificate read(Path folder) throws IOException {
        try {
            return new KeyedCertificate(
                    Pem.privateKey("EC", Files.readString(folder.resolve(KEY))),
                    Pem.certificate(Files.readString(folder.resolve(CERTIFICATE))));
        } catch (GeneralSecurityException e) {
            throw new IOException("the identity in " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }
}
