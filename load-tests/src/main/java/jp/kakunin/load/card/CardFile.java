package jp.kakunin.load.card;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;

/// A certificate and its key in a PKCS#12 file. The password protects nothing: these are test keys.
final class CardFile {
    private static final String ENTRY = "user-authentication";
    private static final String PASSWORD = "kakunin-test";

    private CardFile() {}

    static CardIdentity read(Path file) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(Files.readAllBytes(file)), PASSWORD.toCharArray());
            if (store.getKey(ENTRY, PASSWORD.toCharArray()) instanceof PrivateKey key
                    && store.getCertificate(ENTRY) instanceof X509Certificate certificate) {
                return new CardIdentity(certificate, key);
            }
            throw new IOException("it holds no certificate with its key");
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(file + " cannot be read; delete it to have a new one made", e);
        }
    }

    /// Complete or not there at all.
    static void write(Path file, CardIdentity identity) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try (OutputStream out = Files.newOutputStream(unfinished)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    ENTRY, identity.key(), PASSWORD.toCharArray(), new Certificate[] {identity.certificate()});
            store.store(out, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " cannot be written", e);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
