package jp.kakunin.hub.activation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// What is kept of a password or an activation code: an Argon2id hash with its cost, as
/// `argon2id$MEMORY_KIB$PASSES$LANES$SALT$HASH`. Whoever reads the disk has to pay the cost for each guess.
record SlowHash(String text) {
    static final int MEMORY_KIB = 19 * 1024;
    static final int PASSES = 2;
    static final int LANES = 1;

    private static final String NAME = "argon2id";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int PARTS = 6;

    static SlowHash of(String secret, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = hash(secret, salt, MEMORY_KIB, PASSES, LANES);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return new SlowHash(String.join(
                "$",
                NAME,
                String.valueOf(MEMORY_KIB),
                String.valueOf(PASSES),
                String.valueOf(LANES),
                base64.encodeToString(salt),
                base64.encodeToString(hash)));
    }

    /// Takes the cost whether it matches or not. Not for an event loop.
    boolean matches(String secret) {
        String[] parts = text.split("\\$", PARTS + 1);
        if (parts.length != PARTS || !parts[0].equals(NAME)) {
            throw new IllegalStateException("a kept hash is not of a kind this hub makes");
        }
        byte[] kept = Base64.getDecoder().decode(parts[5]);
        byte[] tried = hash(
                secret,
                Base64.getDecoder().decode(parts[4]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]));
        return MessageDigest.isEqual(kept, tried);
    }

    private static byte[] hash(String secret, byte[] salt, int memoryKib, int passes, int lanes) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(secret.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    @Override
    public String toString() {
        return "SlowHash";
    }
}
