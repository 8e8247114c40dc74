package jp.kakunin.exchange;

import java.nio.ByteBuffer;
import jp.kakunin.domain.Digest;

/// A place in a stream: the number of the last fact and the hash over all facts up to it.
///
///     hash(0) = 32 zero bytes      hash(n) = SHA-256( hash(n-1) | n: u64 | SHA-256(fact bytes) )
public record StreamPosition(long seq, Digest hash) {
    public static final StreamPosition START = new StreamPosition(0, Digest.ZERO);

    public StreamPosition after(byte[] fact) {
        long next = seq + 1;
        byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(next).array();
        return new StreamPosition(
                next, Digest.of(hash.bytes(), number, Digest.of(fact).bytes()));
    }
}
