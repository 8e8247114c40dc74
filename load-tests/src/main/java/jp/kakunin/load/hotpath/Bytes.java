package jp.kakunin.load.hotpath;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.UUID;

/// Writing into byte arrays without making others.
final class Bytes {
    /// The longest variable-length number of Avro.
    static final int NUMBER_BYTES_MAX = 10;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    static void put(UUID id, byte[] into, int at) {
        put(id.getMostSignificantBits(), into, at);
        put(id.getLeastSignificantBits(), into, at + Long.BYTES);
    }

    static void put(long value, byte[] into, int at) {
        LONG.set(into, at, value);
    }

    /// A `long` as Avro writes it.
    ///
    /// @return where the next byte goes
    static int number(long value, byte[] into, int at) {
        int next = at;
        long left = value << 1 ^ value >> Long.SIZE - 1;
        while ((left & ~0x7FL) != 0) {
            into[next++] = (byte) (left & 0x7F | 0x80);
            left >>>= 7;
        }
        into[next++] = (byte) left;
        return next;
    }

    static int bytes(byte[] all, byte[] into, int at) {
        System.arraycopy(all, 0, into, at, all.length);
        return at + all.length;
    }
}
