package jp.kakunin.edge.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.Ids;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import org.jspecify.annotations.Nullable;

/// Keys of the store. Each names its month, so that a row found alone in a damaged store still tells where it belongs.
///
///     of a month   | kind: 'f' 'a' 'm' 'r' 'v' | month: u16 | clinic: 10 | id: 16 |
///                    fact, attachment (by check), mark (in which epoch the hub has it), remark, told (by visit)
///     meta         | kind: 'o' 'c' 'n' 't' 'w' | clinic: 10 |       | 'h' |                  | 'g' |
///                    outbox, cursor, admission, too late, feed      last heard of the hub    months going
record Key(byte[] bytes) {
    static final char FACT = 'f';
    static final char ATTACHMENT = 'a';
    static final char MARK = 'm';
    static final char REMARK = 'r';
    static final char OUTBOX = 'o';
    static final char CURSOR = 'c';
    static final char ADMISSION = 'n';
    static final char TOO_LATE = 't';
    static final char TOLD = 'v';
    static final char FEED = 'w';
    static final char HEARD = 'h';
    static final char GOING = 'g';

    private static final int MONTH_AT = 1;
    private static final int CLINIC_AT = 3;
    private static final int CLINIC_BYTES = 10;
    private static final int ID_AT = CLINIC_AT + CLINIC_BYTES;
    private static final int MONTH_KEY_BYTES = ID_AT + Ids.ID_BYTES;

    static Key of(char kind, TreatmentMonth month, InstitutionCode clinic, UUID id) {
        return new Key(
                head(kind, month, clinic, MONTH_KEY_BYTES).put(Ids.bytes(id)).array());
    }

    /// What all keys of one kind in a clinic-month begin with.
    static byte[] prefix(char kind, TreatmentMonth month, InstitutionCode clinic) {
        return head(kind, month, clinic, ID_AT).array();
    }

    static byte[] prefix(char kind) {
        return new byte[] {(byte) kind};
    }

    static Key of(char kind, InstitutionCode clinic) {
        return new Key(ByteBuffer.allocate(1 + CLINIC_BYTES)
                .put((byte) kind)
                .put(ascii(clinic))
                .array());
    }

    static Key attachment(Envelope envelope, CheckId check) {
        return of(ATTACHMENT, envelope.month(), envelope.clinic(), check.value());
    }

    static Key heard() {
        return new Key(prefix(HEARD));
    }

    static Key going() {
        return new Key(prefix(GOING));
    }

    char kind() {
        return (char) bytes[0];
    }

    /// The month whose column family holds the row; null for meta.
    @Nullable
    TreatmentMonth month() {
        return switch (kind()) {
            case FACT, ATTACHMENT, MARK, REMARK, TOLD ->
                TreatmentMonth.ofIndex(
                        Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(MONTH_AT)));
            default -> null;
        };
    }

    boolean isWellFormed() {
        return switch (bytes.length == 0 ? 0 : kind()) {
            case FACT, ATTACHMENT, MARK, REMARK, TOLD -> bytes.length == MONTH_KEY_BYTES;
            case OUTBOX, CURSOR, ADMISSION, TOO_LATE, FEED -> bytes.length == 1 + CLINIC_BYTES;
            case HEARD, GOING -> bytes.length == 1;
            default -> false;
        };
    }

    InstitutionCode clinic() {
        int at = month() == null ? 1 : CLINIC_AT;
        return new InstitutionCode(new String(bytes, at, CLINIC_BYTES, StandardCharsets.US_ASCII));
    }

    UUID id() {
        return Ids.fromBytes(Arrays.copyOfRange(bytes, ID_AT, MONTH_KEY_BYTES));
    }

    FactId factId() {
        return new FactId(id());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    private static ByteBuffer head(char kind, TreatmentMonth month, InstitutionCode clinic, int length) {
        return ByteBuffer.allocate(length)
                .put((byte) kind)
                .putShort((short) month.index())
                .put(ascii(clinic));
    }

    private static byte[] ascii(InstitutionCode clinic) {
        return clinic.digits().getBytes(StandardCharsets.US_ASCII);
    }
}
