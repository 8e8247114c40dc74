package jp.kakunin.hub.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.HexFormat;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.disk.PrivateFile;

/// The hub's own keys, one file each:
///
/// - `authority-key.pem`, `authority-public.pem`: X25519. Devices seal card evidence to it; only the asker opens it.
/// - `answer-seal.key`: by it the hub knows its own answers again.
/// - `clinics/CODE.key`: by it all devices of a clinic make the same patient id from the same card.
public final class HubKeys {
    private static final int KEY_BYTES = 32;
    private static final HexFormat HEX = HexFormat.of();

    private final Path folder;
    private final SecureRandom random;
    private final KeyPair authority;
    private final byte[] answerSeal;

    private HubKeys(Path folder, SecureRandom random, KeyPair authority, byte[] answerSeal) {
        this.folder = folder;
        this.random = random;
        this.authority = authority;
        this.answerSeal = answerSeal;
    }

    /// Opens the keys in that folder and makes what is missing. The caller holds the setup lock.
    public static HubKeys openOrMake(Path folder, SecureRandom random) throws IOException {
        byte[] answerSeal = secret(folder.resolve("answer-seal.key"), random);
        return new HubKeys(folder, random, authority(folder, random), answerSeal);
    }

    public KeyPair authority() {
        return authority;
    }

    public byte[] answerSeal() {
        return answerSeal.clone();
    }

    /// The clinic's key for patient ids, in hex; made at its first enrolment. The caller holds the setup lock.
    public String clinicKey(InstitutionCode clinic) throws IOException {
        return HEX.formatHex(secret(folder.resolve("clinics").resolve(clinic + ".key"), random));
    }

    private static KeyPair authority(Path folder, SecureRandom random) throws IOException {
        Path privateFile = folder.resolve("authority-key.pem");
        Path publicFile = folder.resolve("authority-public.pem");
        try {
            if (Files.exists(publicFile)) {
                return new KeyPair(
                        Pem.publicKey("X25519", Files.readString(publicFile)),
                        Pem.privateKey("X25519", Files.readString(privateFile)));
            }
            KeyPairGenerator generator = KeyPairGenerator.getInstance("X25519");
            generator.initialize(255, random);
            KeyPair made = generator.generateKeyPair();
            PrivateFile.write(privateFile, Pem.of(made.getPrivate()));
            PrivateFile.write(publicFile, Pem.of(made.getPublic()));
            return made;
        } catch (GeneralSecurityException e) {
            throw new IOException("the authority key in " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static byte[] secret(Path file, SecureRandom random) throws IOException {
        if (Files.exists(file)) {
            byte[] key = HEX.parseHex(Files.readString(file).strip());
            if (key.length != KEY_BYTES) {
                throw new IOException(file + " must hold " + KEY_BYTES + " bytes in hex");
            }
            return key;
        }
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        PrivateFile.write(file, HEX.formatHex(key) + "\n");
        return key;
    }
}
