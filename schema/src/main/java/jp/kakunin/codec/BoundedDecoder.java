package jp.kakunin.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/// Reads at most so many array items in all; a hostile frame could else turn each of its bytes into a whole object.
final class BoundedDecoder extends Decoder {
    private final Decoder bytes;
    private long itemsLeft;

    BoundedDecoder(Decoder bytes, int itemsMax) {
        this.bytes = bytes;
        itemsLeft = itemsMax;
    }

    @Override
    public long readArrayStart() throws IOException {
        return counted(bytes.readArrayStart());
    }

    @Override
    public long arrayNext() throws IOException {
        return counted(bytes.arrayNext());
    }

    private long counted(long items) {
        itemsLeft -= items;
        if (itemsLeft < 0) {
            throw new MalformedFrameException("the frame has too many list items");
        }
        return items;
    }

    @Override
    public long skipArray() throws IOException {
        return bytes.skipArray();
    }

    @Override
    public long readMapStart() throws IOException {
        return counted(bytes.readMapStart());
    }

    @Override
    public long mapNext() throws IOException {
        return counted(bytes.mapNext());
    }

    @Override
    public long skipMap() throws IOException {
        return bytes.skipMap();
    }

    @Override
    public int remainingBytes() {
        return bytes.remainingBytes();
    }

    @Override
    public void readNull() throws IOException {
        bytes.readNull();
    }

    @Override
    public boolean readBoolean() throws IOException {
        return bytes.readBoolean();
    }

    @Override
    public int readInt() throws IOException {
        return bytes.readInt();
    }

    @Override
    public long readLong() throws IOException {
        return bytes.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return bytes.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return bytes.readDouble();
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return bytes.readString(old);
    }

    @Override
    public String readString() throws IOException {
        return bytes.readString();
    }

    @Override
    public void skipString() throws IOException {
        bytes.skipString();
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        return bytes.readBytes(old);
    }

    @Override
    public void skipBytes() throws IOException {
        bytes.skipBytes();
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws IOException {
        bytes.readFixed(target, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        bytes.skipFixed(length);
    }

    @Override
    public int readEnum() throws IOException {
        return bytes.readEnum();
    }

    @Override
    public int readIndex() throws IOException {
        return bytes.readIndex();
    }
}
