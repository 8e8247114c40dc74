package jp.kakunin.hub.journal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/// The content of a row as it is sealed: what is sealed cannot be made smaller any more, and the facts of one patient
/// say the same names and coverage again and again.
///
///     packed = 0 | content
///            | 1 | length of the content in bytes: 4 | content as an LZ4 block
final class Packed {
    /// Below this there is little to gain.
    private static final int PACKED_BYTES_MIN = 512;

    /// More than any row may hold; a damaged length must not ask for all memory.
    private static final int CONTENT_BYTES_MAX = 256 << 20;

    private static final int HEAD_BYTES = 1 + Integer.BYTES;
    private static final LZ4Compressor COMPRESSOR = LZ4Factory.fastestInstance().fastCompressor();
    private static final LZ4SafeDecompressor DECOMPRESSOR =
            LZ4Factory.fastestInstance().safeDecompressor();

    private Packed() {}

    static byte[] pack(byte[] content) {
        if (content.length >= PACKED_BYTES_MIN) {
            // Room for something shorter than the content; if that is not enough, it stays as it is.
            byte[] packed = new byte[content.length];
            try {
                int length =
                        COMPRESSOR.compress(content, 0, content.length, packed, HEAD_BYTES, packed.length - HEAD_BYTES);
                ByteBuffer.wrap(packed).put((byte) 1).putInt(content.length);
                return Arrays.copyOf(packed, HEAD_BYTES + length);
            } catch (LZ4Exception _) {
                return plain(content);
            }
        }
        return plain(content);
    }

    /// @throws IllegalArgumentException when nothing packed it so
    static byte[] unpack(byte[] packed) {
        if (packed.length > 0 && packed[0] == 0) {
            return Arrays.copyOfRange(packed, 1, packed.length);
        }
        if (packed.length < HEAD_BYTES || packed[0] != 1) {
            throw new IllegalArgumentException("a row is packed in a way that this version does not know");
        }
        int length = ByteBuffer.wrap(packed).getInt(1);
        if (length < 0 || length > CONTENT_BYTES_MAX) {
            throw new IllegalArgumentException("a packed row has an impossible length");
        }
        byte[] content = new byte[length];
        try {
            if (DECOMPRESSOR.decompress(packed, HEAD_BYTES, packed.length - HEAD_BYTES, content, 0) != length) {
                throw new IllegalArgumentException("a packed row is shorter than it says");
            }
        } catch (LZ4Exception e) {
            throw new IllegalArgumentException("a packed row cannot be unpacked", e);
        }
        return content;
    }

    private static byte[] plain(byte[] content) {
        byte[] packed = new byte[1 + content.length];
        System.arraycopy(content, 0, packed, 1, content.length);
        return packed;
    }
}
