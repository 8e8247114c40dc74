package jp.kakunin.load.hotpath;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.random.RandomGenerator;
import jp.kakunin.domain.Ids;

/// Attachments as long as sealed card evidence, each different: the id of its check stands at the end, so that the
/// digest of what all have in front is taken once. Nobody can open them.
final class Papers {
    /// Certificate, signature and the seal around them.
    static final int BYTES = 1_500;

    private final byte[] common = new byte[BYTES - Ids.ID_BYTES];
    private final byte[] end = new byte[Ids.ID_BYTES];
    private final MessageDigest begun = sha256();

    Papers(RandomGenerator random) {
        random.nextBytes(common);
        begun.update(common);
    }

    byte[] digest(UUID check) {
        try {
            MessageDigest sha = (MessageDigest) begun.clone();
            Bytes.put(check, end, 0);
            return sha.digest(end);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be copied", e);
        }
    }

    /// @return where the next byte goes
    int write(UUID check, byte[] into, int at) {
        int next = Bytes.bytes(common, into, at);
        Bytes.put(check, into, next);
        return next + Ids.ID_BYTES;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
