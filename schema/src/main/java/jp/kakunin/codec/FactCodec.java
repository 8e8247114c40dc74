package jp.kakunin.codec;

import java.time.DateTimeException;
import jp.kakunin.avro.FactRecord;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.exchange.Limits;
import jp.kakunin.journal.EncodedFact;

/// Facts as bytes, on disk and on the way: single-object encoding, so that every fact names the schema it was written
/// with. Times are kept to the millisecond.
public final class FactCodec {
    private static final RecordForm<FactRecord> FORM = new RecordForm<>(FactRecord.getClassSchema());

    private FactCodec() {}

    /// The same fact always gives the same bytes.
    ///
    /// @throws IllegalArgumentException if a text in it is so long that no hub would take the fact
    public static byte[] encode(Fact fact) {
        byte[] bytes = FORM.tagged(FactRecords.record(fact));
        if (bytes.length > Limits.FACT_BYTES_MAX) {
            throw new IllegalArgumentException("a fact may have at most " + Limits.FACT_BYTES_MAX + " bytes, this "
                    + fact.getClass().getSimpleName() + " has " + bytes.length + ": shorten its text");
        }
        return bytes;
    }

    public static EncodedFact encoded(Fact fact) {
        return new EncodedFact(fact, encode(fact));
    }

    public static Decoded decode(byte[] bytes) {
        if (bytes.length > Limits.FACT_BYTES_MAX) {
            return new Decoded.Unreadable(QuarantineReason.TOO_LARGE);
        }
        if (FORM.isTagged(bytes) && !FORM.isOfThisSchema(bytes)) {
            return new Decoded.Unreadable(QuarantineReason.UNKNOWN_SCHEMA);
        }
        try {
            return new Decoded.Known(FactRecords.fact(FORM.fromTagged(bytes)));
        } catch (MalformedFrameException | IllegalArgumentException | DateTimeException _) {
            return new Decoded.Unreadable(QuarantineReason.UNREADABLE);
        }
    }
}
