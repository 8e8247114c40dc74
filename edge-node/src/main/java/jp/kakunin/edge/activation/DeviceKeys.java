package jp.kakunin.edge.activation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;
import jp.kakunin.edge.disk.PrivateFile;
import jp.kakunin.edge.disk.SecretFiles;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// The key pair a certificate is asked for. Made here and on disk before it is used, so that a request whose reply was
/// lost, to a power cut too, can be repeated with the same one.
final class DeviceKeys {
    private static final String PRIVATE = "next-key.pem";
    private static final String PUBLIC = "next-public.pem";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final KeyPair keys;

    private DeviceKeys(KeyPair keys) {
        this.keys = keys;
    }

    /// The pair that waits for its certificate, or a new one.
    static DeviceKeys next(Path folder, SecureRandom random) throws IOException {
        Path privateFile = folder.resolve(PRIVATE);
        Path publicFile = folder.resolve(PUBLIC);
        try {
            if (Files.exists(privateFile)) {
                KeyFactory factory = KeyFactory.getInstance("EC");
                PublicKey publicKey =
                        factory.generatePublic(new X509EncodedKeySpec(bytes(Files.readString(publicFile))));
                PrivateKey privateKey = factory.generatePrivate(
                        new PKCS8EncodedKeySpec(bytes(SecretFiles.ofSystem().readText(privateFile))));
                return new DeviceKeys(new KeyPair(publicKey, privateKey));
            }
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair made = generator.generateKeyPair();
            // The private half last: it says that both are there.
            PrivateFile.write(publicFile, pem("PUBLIC KEY", made.getPublic().getEncoded()));
            SecretFiles.ofSystem()
                    .write(privateFile, pem("PRIVATE KEY", made.getPrivate().getEncoded()));
            return new DeviceKeys(made);
        } catch (GeneralSecurityException e) {
            throw new IOException("the key pair in " + folder + " cannot be used", e);
        }
    }

    /// They have their certificate, or never will.
    static void forget(Path folder) throws IOException {
        if (Files.exists(folder.resolve(PRIVATE))) {
            PrivateFile.destroy(folder.resolve(PRIVATE));
        }
        Files.deleteIfExists(folder.resolve(PUBLIC));
    }

    PublicKey publicKey() {
        return keys.getPublic();
    }

    String privatePem() {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    /// PKCS#10 in base64.
    String signingRequest() {
        try {
            byte[] request = new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=device"), keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build((ECPrivateKey) keys.getPrivate()))
                    .getEncoded();
            return Base64.getEncoder().encodeToString(request);
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("this JDK signs with P-256", e);
        }
    }

    private static String pem(String name, byte[] bytes) {
        return "-----BEGIN " + name + "-----\n" + LINES.encodeToString(bytes) + "\n-----END " + name + "-----\n";
    }

    private static byte[] bytes(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }
}
