package jp.kakunin.codec;

import static jp.kakunin.codec.Atoms.id;
import static jp.kakunin.codec.Atoms.uuid;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.kakunin.avro.CursorRecord;
import jp.kakunin.avro.MonthPositionRecord;
import jp.kakunin.avro.PositionRecord;
import jp.kakunin.avro.TallyRecord;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.Tally;

/// Places in streams and clinic-months to generated records and back.
final class PositionRecords {
    private PositionRecords() {}

    static PositionRecord record(StreamPosition position) {
        return new PositionRecord(position.seq(), Atoms.hash(position.hash()));
    }

    static StreamPosition position(PositionRecord record) {
        return new StreamPosition(record.getSeq(), Atoms.digest(record.getHash()));
    }

    /// Months go in their order, so that equal cursors are equal bytes.
    static CursorRecord record(Cursor cursor) {
        var months = new TreeMap<>(cursor.months());
        return new CursorRecord(
                id(cursor.incarnation().value()),
                months.entrySet().stream().map(PositionRecords::month).toList());
    }

    static Cursor cursor(CursorRecord record) {
        return new Cursor(
                new Incarnation(uuid(record.getIncarnation())),
                record.getMonths().stream()
                        .collect(Collectors.toMap(
                                month -> TreatmentMonth.ofIndex(month.getMonth()), MonthPositionRecord::getPosition)));
    }

    static TallyRecord record(Tally tally) {
        return new TallyRecord(tally.stored(), tally.held(), tally.refused(), tally.quarantined(), tally.forgotten());
    }

    static Tally tally(TallyRecord record) {
        return new Tally(
                record.getStored(),
                record.getHeld(),
                record.getRefused(),
                record.getQuarantined(),
                record.getForgotten());
    }

    private static MonthPositionRecord month(Map.Entry<TreatmentMonth, Long> month) {
        return new MonthPositionRecord(month.getKey().index(), month.getValue());
    }
}
