package jp.kakunin.load.peers;

import java.nio.ByteBuffer;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.Ids;
import jp.kakunin.load.replay.Parcel.Made;

/// A fact with its attachment as the one value that most programs take.
///
///     length of the fact: 4 | fact | attachment
final class Packed {
    private Packed() {}

    static byte[] value(Made made) {
        byte[] fact = made.fact();
        byte[] attachment = made.attachment() == null ? new byte[0] : made.attachment();
        return ByteBuffer.allocate(Integer.BYTES + fact.length + attachment.length)
                .putInt(fact.length)
                .put(fact)
                .put(attachment)
                .array();
    }

    static byte[] key(Made made) {
        return Ids.bytes(made.id().value());
    }

    static FactId id(byte[] key) {
        return new FactId(Ids.fromBytes(key));
    }
}
