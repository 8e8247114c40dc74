package jp.kakunin.edge.receipt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;

/// What lets one program read one clinic. The key itself is shown once and not kept: it is 256 random bits, so a plain
/// digest of it cannot be turned back.
///
/// @param name of the program, chosen by whoever made the key
public record ReceiptKey(String name, InstitutionCode clinic, Digest digest) {
    public static final int KEYS_MAX = 16;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,40}");
    private static final int SECRET_BYTES = 32;
    private static final String PREFIX = "kkn_";

    public ReceiptKey {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of a key has 1 to 40 letters, digits, dots, hyphens: A-Z a-z 0-9");
        }
    }

    /// A new secret, to be shown once.
    public static String secret(RandomGenerator random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static Digest digestOf(String secret) {
        return Digest.of(secret.getBytes(StandardCharsets.UTF_8));
    }

    boolean opensWith(Digest shown) {
        return MessageDigest.isEqual(digest.bytes(), shown.bytes());
    }

    @Override
    public String toString() {
        return "ReceiptKey[" + name + "]";
    }
}
