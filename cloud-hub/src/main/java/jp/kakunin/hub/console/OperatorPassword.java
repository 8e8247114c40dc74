package jp.kakunin.hub.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import jp.kakunin.hub.disk.PrivateFile;

/// The operator's password: made at the first start into a file that only the owner of the hub may read, and kept in
/// memory as a slow hash. An operator who edits the file changes the password with the next start.
public final class OperatorPassword {
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 4;
    private static final int GROUP_CHARACTERS = 5;
    private static final int ITERATIONS = 210_000;
    private static final int HASH_BITS = 256;
    private static final int CHARACTERS_MAX = 200;

    private final byte[] salt;
    private final byte[] hash;

    private OperatorPassword(byte[] salt, byte[] hash) {
        this.salt = salt;
        this.hash = hash;
    }

    public static OperatorPassword openOrMake(Path file, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            PrivateFile.write(file, generate(random) + "\n");
        }
        String password = Files.readString(file).strip();
        if (password.isEmpty() || password.length() > CHARACTERS_MAX) {
            throw new IOException(file + " must hold a password of 1 to " + CHARACTERS_MAX
                    + " characters; delete it and a new one is made at the next start");
        }
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return new OperatorPassword(salt, hash(password, salt));
    }

    /// Takes a good part of a second, on purpose: not for an event loop.
    boolean matches(String attempt) {
        return attempt.length() <= CHARACTERS_MAX && MessageDigest.isEqual(hash, hash(attempt, salt));
    }

    private static byte[] hash(String password, byte[] salt) {
        var key = new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2 with SHA-256", e);
        } finally {
            key.clearPassword();
        }
    }

    private static String generate(SecureRandom random) {
        var password = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP_CHARACTERS; i++) {
            if (i > 0 && i % GROUP_CHARACTERS == 0) {
                password.append('-');
            }
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }
}
