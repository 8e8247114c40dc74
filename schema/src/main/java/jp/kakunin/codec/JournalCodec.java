package jp.kakunin.codec;

import java.time.DateTimeException;
import java.util.List;
import java.util.function.Function;
import jp.kakunin.avro.ClosedMonthRecord;
import jp.kakunin.avro.HeadRecord;
import jp.kakunin.avro.JournalBlockRecord;
import jp.kakunin.avro.StreamStateRecord;
import jp.kakunin.avro.SummaryRecord;
import jp.kakunin.domain.Standing;
import jp.kakunin.journal.ClosedMonth;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.JournalBlock;
import jp.kakunin.journal.StreamState;
import jp.kakunin.journal.Summary;
import org.apache.avro.specific.SpecificRecord;

/// What the hub keeps, as the values of its store. Like facts they carry the fingerprint of their schema, because a
/// store outlives the version that wrote it. A [MalformedFrameException] here means a damaged store.
public final class JournalCodec {
    private static final RecordForm<HeadRecord> HEAD = new RecordForm<>(HeadRecord.getClassSchema());
    private static final RecordForm<JournalBlockRecord> BLOCK = new RecordForm<>(JournalBlockRecord.getClassSchema());
    private static final RecordForm<StreamStateRecord> STREAM = new RecordForm<>(StreamStateRecord.getClassSchema());
    private static final RecordForm<SummaryRecord> SUMMARY = new RecordForm<>(SummaryRecord.getClassSchema());

    private static final RecordForm<ClosedMonthRecord> CLOSED = new RecordForm<>(ClosedMonthRecord.getClassSchema());

    private JournalCodec() {}

    public static byte[] encode(Head head) {
        return HEAD.tagged(JournalRecords.record(head));
    }

    public static byte[] encode(JournalBlock block) {
        return BLOCK.tagged(JournalRecords.record(block));
    }

    public static byte[] encode(StreamState state) {
        return STREAM.tagged(JournalRecords.record(state));
    }

    public static byte[] encode(Summary summary) {
        return SUMMARY.tagged(SummaryRecords.record(summary));
    }

    public static byte[] encode(ClosedMonth closed) {
        return CLOSED.tagged(JournalRecords.record(closed));
    }

    public static ClosedMonth decodeClosedMonth(byte[] bytes) throws MalformedFrameException {
        return decode("closed month", CLOSED, bytes, JournalRecords::closedMonth);
    }

    public static Head decodeHead(byte[] bytes) throws MalformedFrameException {
        return decode("head", HEAD, bytes, JournalRecords::head);
    }

    public static JournalBlock decodeBlock(byte[] bytes) throws MalformedFrameException {
        return decode("journal block", BLOCK, bytes, JournalRecords::block);
    }

    public static StreamState decodeStreamState(byte[] bytes) throws MalformedFrameException {
        return decode("stream state", STREAM, bytes, JournalRecords::streamState);
    }

    public static Summary decodeSummary(byte[] bytes) throws MalformedFrameException {
        return decode("summary", SUMMARY, bytes, SummaryRecords::summary);
    }

    /// The standings of a summary alone, for whoever counts a whole month.
    public static List<Standing> decodeStandings(byte[] bytes) throws MalformedFrameException {
        return decode("summary", SUMMARY, bytes, SummaryRecords::standings);
    }

    private static <R extends SpecificRecord, V> V decode(
            String what, RecordForm<R> form, byte[] bytes, Function<R, V> value) {
        try {
            return value.apply(form.fromTagged(bytes));
        } catch (IllegalArgumentException | DateTimeException | IllegalStateException e) {
            throw new MalformedFrameException("the " + what + " breaks a rule: " + e.getMessage());
        }
    }
}
