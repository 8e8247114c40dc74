package jp.kakunin.edge.reader;

import java.nio.ByteBuffer;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;

/// Asks a reader's driver how long a command may be (PC/SC part 10: features, TLV properties).
final class PcscFeatures {
    private static final int CONTROL_CODE_BASE = 0x42000000;
    private static final int GET_FEATURE_REQUEST = CONTROL_CODE_BASE + 3400;
    private static final int FEATURE_TLV_PROPERTIES = 0x12;
    private static final int PROPERTY_DATA_BYTES_MAX = 0x0A;
    private static final int SHORT_DATA_BYTES_MAX = 256;

    private PcscFeatures() {}

    static ExtendedApdu extendedApdu(Card card) {
        try {
            ByteBuffer features = ByteBuffer.wrap(card.transmitControlCommand(GET_FEATURE_REQUEST, new byte[0]));
            while (features.remaining() >= 6) {
                int tag = features.get() & 0xFF;
                int length = features.get();
                int control = features.getInt();
                if (tag == FEATURE_TLV_PROPERTIES && length == 4) {
                    return fromProperties(ByteBuffer.wrap(card.transmitControlCommand(control, new byte[0])));
                }
            }
            return ExtendedApdu.UNKNOWN;
        } catch (CardException | RuntimeException _) {
            // Many drivers do not know the question; that says nothing about the reader.
            return ExtendedApdu.UNKNOWN;
        }
    }

    static ExtendedApdu fromProperties(ByteBuffer properties) {
        while (properties.remaining() >= 2) {
            int tag = properties.get() & 0xFF;
            int length = properties.get() & 0xFF;
            if (length > properties.remaining()) {
                break;
            }
            if (tag == PROPERTY_DATA_BYTES_MAX && length == 4) {
                int bytesMax = Integer.reverseBytes(properties.getInt());
                return bytesMax > SHORT_DATA_BYTES_MAX ? ExtendedApdu.YES : ExtendedApdu.NO;
            }
            properties.position(properties.position() + length);
        }
        return ExtendedApdu.UNKNOWN;
    }
}
