package jp.kakunin.edge.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;

/// A write-ahead log of RocksDB, read without RocksDB: each record whose checksum fits is used, the rest passed over.
///
///     file    | block: 32 KiB | block | …
///     block   | record | record | … | less than 7 bytes of zeros |
///     record  | masked CRC-32C of type and data: u32 | length: u16 | type: full 1, first 2, middle 3, last 4 | data |
///     data    | sequence: u64 | count: u32 | entry | …                                          little-endian
///     entry   | put 1 or 5, then column family: varint | key | value |  delete 0 or 4 likewise without value
final class LogFile {
    private static final int BLOCK_BYTES = 32 * 1024;
    private static final int HEADER_BYTES = 7;
    private static final int BATCH_HEADER_BYTES = 12;
    private static final int FULL = 1;
    private static final int FIRST = 2;
    private static final int MIDDLE = 3;
    private static final int LAST = 4;

    private final Path file;

    LogFile(Path file) {
        this.file = file;
    }

    void forEachPut(BiConsumer<byte[], byte[]> put) throws IOException {
        byte[] all = Files.readAllBytes(file);
        var data = new ByteArrayOutputStream();
        for (int block = 0; block < all.length; block += BLOCK_BYTES) {
            readBlock(all, block, Math.min(all.length, block + BLOCK_BYTES), data, put);
        }
    }

    private static void readBlock(
            byte[] all, int from, int end, ByteArrayOutputStream data, BiConsumer<byte[], byte[]> put) {
        int at = from;
        while (at + HEADER_BYTES <= end) {
            ByteBuffer header = ByteBuffer.wrap(all, at, HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            int checksum = header.getInt();
            int length = Short.toUnsignedInt(header.getShort());
            int type = header.get();
            int next = at + HEADER_BYTES + length;
            boolean plausible = type >= FULL && type <= LAST && next <= end;
            if (!plausible || checksum != maskedChecksum(all, at + HEADER_BYTES - 1, length + 1)) {
                // Lengths cannot be trusted any more; look for the next place that holds a record.
                data.reset();
                at++;
                continue;
            }
            boolean begins = type == FULL || type == FIRST;
            boolean goesOn = (type == MIDDLE || type == LAST) && data.size() > 0;
            if (begins) {
                data.reset();
            }
            if (begins || goesOn) {
                data.write(all, at + HEADER_BYTES, length);
            }
            if (type == FULL || type == LAST && goesOn) {
                readBatch(data.toByteArray(), put);
                data.reset();
            }
            at = next;
        }
    }

    private static void readBatch(byte[] bytes, BiConsumer<byte[], byte[]> put) {
        ByteBuffer batch = ByteBuffer.wrap(bytes);
        try {
            batch.position(BATCH_HEADER_BYTES);
            while (batch.hasRemaining()) {
                int tag = batch.get();
                if (tag == 4 || tag == 5) {
                    varint(batch);
                }
                byte[] key = text(batch);
                if (tag == 1 || tag == 5) {
                    put.accept(key, text(batch));
                } else if (tag != 0 && tag != 4) {
                    return;
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException _) {
            // A middle part was lost with its block; what came before it has been used.
        }
    }

    private static byte[] text(ByteBuffer batch) {
        int length = varint(batch);
        if (length < 0 || length > batch.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] text = new byte[length];
        batch.get(text);
        return text;
    }

    private static int varint(ByteBuffer batch) {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            byte part = batch.get();
            value |= (part & 0x7F) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new BufferUnderflowException();
    }

    private static int maskedChecksum(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        int value = (int) crc.getValue();
        return (value >>> 15 | value << 17) + 0xa282ead8;
    }
}
