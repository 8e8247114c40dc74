package jp.kakunin.hub.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.HexFormat;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.disk.PrivateFile;
import org.jspecify.annotations.Nullable;

/// The hub's own keys, one file each:
///
/// - `authority-key.pem`, `authority-public.pem`: X25519. Devices seal card evidence to it; only the asker opens it.
/// - `answer-seal.key`: by it the hub knows its own answers again.
/// - `receipt-key.pem`, `receipt-public.pem`: Ed25519. Signs the receipts of forgotten months.
/// - `proof-number.key`: by it the hub knows the proof numbers it gave, for as long as anybody may ask.
/// - `clinics/CODE.key`: by it all devices of a clinic make the same patient id from the same card.
public final class HubKeys {
    private static final int KEY_BYTES = 32;
    private static final String PROOF_NUMBER = "proof-number.key";
    private static final HexFormat HEX = HexFormat.of();

    private final Path folder;
    private final SecureRandom random;
    private final KeyPair authority;
    private final KeyPair receipt;
    private final byte[] answerSeal;
    private final byte[] proofNumbers;

    private HubKeys(
            Path folder,
            SecureRandom random,
            KeyPair authority,
            KeyPair receipt,
            byte[] answerSeal,
            byte[] proofNumbers) {
        this.folder = folder;
        this.random = random;
        this.authority = authority;
        this.receipt = receipt;
        this.answerSeal = answerSeal;
        this.proofNumbers = proofNumbers;
    }

    /// Opens the keys in that folder and makes what is missing. The caller holds the setup lock.
    public static HubKeys openOrMake(Path folder, SecureRandom random) throws IOException {
        byte[] answerSeal = secret(folder.resolve("answer-seal.key"), random);
        byte[] proofNumbers = secret(folder.resolve(PROOF_NUMBER), random);
        KeyPair authority = pair(folder, "authority", "X25519", random);
        return new HubKeys(
                folder, random, authority, pair(folder, "receipt", "Ed25519", random), answerSeal, proofNumbers);
    }

    /// The public key by which the receipts in that folder's hub are verified.
    public static PublicKey receiptKey(Path folder) throws IOException {
        try {
            return Pem.publicKey("Ed25519", Files.readString(folder.resolve("receipt-public.pem")));
        } catch (GeneralSecurityException e) {
            throw new IOException("the receipt key in " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    public PrivateKey receiptKey() {
        return receipt.getPrivate();
    }

    public KeyPair authority() {
        return authority;
    }

    public byte[] answerSeal() {
        return answerSeal.clone();
    }

    public byte[] proofNumbers() {
        return proofNumbers.clone();
    }

    /// The key of proof numbers alone, to verify one also where no hub runs any more; null if there is none.
    public static byte @Nullable [] proofNumbers(Path folder) throws IOException {
        Path file = folder.resolve(PROOF_NUMBER);
        return Files.exists(file) ? read(file) : null;
    }

    /// The clinic's key for patient ids, in hex; made at its first enrolment. The caller holds the setup lock.
    public String clinicKey(InstitutionCode clinic) throws IOException {
        return HEX.formatHex(secret(folder.resolve("clinics").resolve(clinic + ".key"), random));
    }

    private static KeyPair pair(Path folder, String name, String algorithm, SecureRandom random) throws IOException {
        Path privateFile = folder.resolve(name + "-key.pem");
        Path publicFile = folder.resolve(name + "-public.pem");
        try {
            if (Files.exists(publicFile)) {
                return new KeyPair(
                        Pem.publicKey(algorithm, Files.readString(publicFile)),
                        Pem.privateKey(algorithm, Files.readString(privateFile)));
            }
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(255, random);
            KeyPair made = generator.generateKeyPair();
            PrivateFile.write(privateFile, Pem.of(made.getPrivate()));
            PrivateFile.write(publicFile, Pem.of(made.getPublic()));
            return made;
        } catch (GeneralSecurityException e) {
            throw new IOException("the " + name + " key in " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static byte[] read(Path file) throws IOException {
        byte[] key = HEX.parseHex(Files.readString(file).strip());
        if (key.length != KEY_BYTES) {
            throw new IOException(file + " must hold " + KEY_BYTES + " bytes in hex");
        }
        return key;
    }

    private static byte[] secret(Path file, SecureRandom random) throws IOException {
        if (Files.exists(file)) {
            return read(file);
        }
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        PrivateFile.write(file, HEX.formatHex(key) + "\n");
        return key;
    }
}
