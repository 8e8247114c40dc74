package jp.kakunin.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/// One generated record as bytes. Set up once per type and shared by all threads.
///
///     plain    | Avro binary |                                         what travels
///     tagged   | C3 01 | fingerprint: 8, little-endian | Avro binary |  what stays on a disk
///
/// The content type names the schema of what travels; `tagged` is what Avro calls single-object encoding.
///
/// Reads from arrays only: there Avro compares every claimed length with the bytes that are left before it allocates.
final class RecordForm<T extends SpecificRecord> {
    private static final int TAG_BYTES = 10;
    private static final String GENERATED = "jp.kakunin.avro";

    static {
        // Avro instantiates no class that it was not told to trust; told here, nobody needs a JVM flag for it.
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(),
                type -> type.getPackageName().equals(GENERATED)));
    }

    private final DatumWriter<T> writer;
    private final DatumReader<T> reader;
    private final byte[] tag;

    RecordForm(Schema schema) {
        var model = new SpecificData(RecordForm.class.getClassLoader());
        model.setCustomCoders(true); // the generated records write their own fields, without looking each of them up
        writer = new SpecificDatumWriter<>(schema, model);
        try {
            // The finished reader is immutable; a SpecificDatumReader would build it on first use, unguarded.
            reader = model.getFastReaderBuilder().createDatumReader(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tag = ByteBuffer.allocate(TAG_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .array();
    }

    byte[] plain(T record) {
        return write(record, new byte[0]);
    }

    byte[] tagged(T record) {
        return write(record, tag);
    }

    T fromPlain(byte[] bytes, int itemsMax) {
        return read(bytes, 0, itemsMax);
    }

    T fromTagged(byte[] bytes) {
        if (!isTagged(bytes)) {
            throw new MalformedFrameException("the bytes do not begin with a schema fingerprint");
        }
        if (!isOfThisSchema(bytes)) {
            throw new MalformedFrameException("the bytes were written with a schema that this version does not know");
        }
        return read(bytes, TAG_BYTES, Integer.MAX_VALUE);
    }

    boolean isTagged(byte[] bytes) {
        return bytes.length >= TAG_BYTES && bytes[0] == tag[0] && bytes[1] == tag[1];
    }

    boolean isOfThisSchema(byte[] bytes) {
        return bytes.length >= TAG_BYTES && Arrays.equals(bytes, 0, TAG_BYTES, tag, 0, TAG_BYTES);
    }

    private byte[] write(T record, byte[] head) {
        var out = new ByteArrayOutputStream(512);
        out.writeBytes(head);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            writer.write(record, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return out.toByteArray();
    }

    private T read(byte[] bytes, int from, int itemsMax) {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, null);
        try {
            T record = readWith(decoder, itemsMax);
            if (!decoder.isEnd()) {
                throw new MalformedFrameException("bytes follow after the end of the record");
            }
            return record;
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | UnsupportedOperationException e) {
            // Avro's own messages may show what was read; the kind of failure is enough to find the cause.
            throw new MalformedFrameException(
                    "the bytes do not follow the schema (" + e.getClass().getSimpleName() + ")");
        }
    }

    private T readWith(BinaryDecoder decoder, int itemsMax) throws IOException {
        return reader.read(null, itemsMax == Integer.MAX_VALUE ? decoder : new BoundedDecoder(decoder, itemsMax));
    }
}
