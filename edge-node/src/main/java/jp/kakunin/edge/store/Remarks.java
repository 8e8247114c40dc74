package jp.kakunin.edge.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.kakunin.codec.EdgeStoreCodec;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.outbox.Numbered;
import jp.kakunin.outbox.Remarked;
import jp.kakunin.outbox.TooLate;

/// What the hub remarked about facts that took no effect, in the rows of a store.
final class Remarks {
    private final Rows rows;

    Remarks(Rows rows) {
        this.rows = rows;
    }

    Map<FactId, Remarked> of(InstitutionCode clinic, TreatmentMonth month) {
        Map<FactId, Remarked> remarks = new HashMap<>();
        rows.scan(
                month,
                Key.prefix(Key.REMARK, month, clinic),
                (key, value) -> remarks.put(key.factId(), EdgeStoreCodec.decodeRemarked(value)));
        return remarks;
    }

    static Row row(InstitutionCode clinic, TooLate tooLate) {
        return new Row(Key.of(Key.TOO_LATE, clinic), EdgeStoreCodec.encode(tooLate));
    }

    static Row row(InstitutionCode clinic, TreatmentMonth month, FactId fact, Remarked remarked) {
        return new Row(key(clinic, month, fact), EdgeStoreCodec.encode(remarked));
    }

    private static Key key(InstitutionCode clinic, TreatmentMonth month, FactId fact) {
        return Key.of(Key.REMARK, month, clinic, fact.value());
    }

    /// The rows that keep these remarks, and take away those of facts that took effect after all. A fact is counted
    /// as too late once, however often it is offered again.
    ///
    /// @param settled the facts the hub has answered about
    List<Row> rows(InstitutionCode clinic, List<Numbered> settled, Map<Numbered, Remarked> remarks) {
        List<Row> kept = new ArrayList<>();
        TooLate before = tooLate(clinic);
        TooLate after = before;
        for (Map.Entry<Numbered, Remarked> each : remarks.entrySet()) {
            Numbered numbered = each.getKey();
            Row row = row(clinic, numbered.month(), numbered.fact(), each.getValue());
            if (each.getValue().outcome() == Outcome.TOO_LATE && rows.get(row.key()) == null) {
                after = after.plusOne(numbered.month());
            }
            kept.add(row);
        }
        for (Numbered numbered : settled) {
            Key key = key(clinic, numbered.month(), numbered.fact());
            if (!remarks.containsKey(numbered) && rows.get(key) != null) {
                kept.add(new Row(key, null));
            }
        }
        if (!after.equals(before)) {
            kept.add(row(clinic, after));
        }
        return kept;
    }

    TooLate tooLate(InstitutionCode clinic) {
        byte[] value = rows.get(Key.of(Key.TOO_LATE, clinic));
        return value == null ? TooLate.NONE : EdgeStoreCodec.decodeTooLate(value);
    }

    void tooLateSeen(InstitutionCode clinic, TooLate seen) {
        TooLate before = tooLate(clinic);
        TooLate after = before.minus(seen);
        if (!after.equals(before)) {
            rows.write(List.of(new Row(Key.of(Key.TOO_LATE, clinic), EdgeStoreCodec.encode(after))));
        }
    }
}
