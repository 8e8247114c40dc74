package jp.kakunin.domain;

import java.nio.ByteBuffer;
import java.util.UUID;

/// Order and bytes of the 128-bit ids.
///
///     | unix milliseconds: 48 bits | version 7: 4 | random: 12 | variant: 2 | random: 62 |
///
/// Compared as unsigned numbers, so that id order is birth order; [UUID#compareTo] compares signed.
public final class Ids {
    public static final int ID_BYTES = 16;

    private Ids() {}

    public static int compare(UUID a, UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }

    public static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(ID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    public static UUID fromBytes(byte[] bytes) {
        if (bytes.length != ID_BYTES) {
            throw new IllegalArgumentException("an id has " + ID_BYTES + " bytes, got " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
