package jp.kakunin.edge.door;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// What is kept of the passcode: an Argon2id hash with its cost, as `argon2id$MEMORY_KIB$PASSES$LANES$SALT$HASH`. The
/// memory is small because the node shares an old PC; more passes make up for it.
record PasscodeHash(String text) {
    static final int MEMORY_KIB = 7 * 1024;
    static final int PASSES = 5;
    static final int LANES = 1;

    /// Taken once and used again, wiped in between: as garbage of each try it would stay in the small heap.
    private static final Argon2BytesGenerator.BlockPool MEMORY = new Argon2BytesGenerator.FixedBlockPool(MEMORY_KIB);

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern FORM =
            Pattern.compile("argon2id\\$7168\\$5\\$1\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");

    static PasscodeHash of(Passcode passcode, RandomGenerator random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return new PasscodeHash(String.join(
                "$",
                "argon2id",
                String.valueOf(MEMORY_KIB),
                String.valueOf(PASSES),
                String.valueOf(LANES),
                base64.encodeToString(salt),
                base64.encodeToString(hash(passcode, salt))));
    }

    /// Nothing matches a text that cannot be understood: the desk then stays locked. Not for an event loop.
    boolean matches(Passcode passcode) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return false;
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return MessageDigest.isEqual(base64.decode(parts.group(2)), hash(passcode, base64.decode(parts.group(1))));
    }

    private static byte[] hash(Passcode passcode, byte[] salt) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(MEMORY_KIB)
                .withIterations(PASSES)
                .withParallelism(LANES)
                .withSalt(salt)
                .withBlockPool(MEMORY)
                .build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(passcode.text().getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    @Override
    public String toString() {
        return "PasscodeHash[redacted]";
    }
}
