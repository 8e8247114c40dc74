package jp.kakunin.edge.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.EdgeStoreCodec;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.outbox.KeptFact;

/// The rows of a clinic whose declaration for this device has ended. What no hub has acknowledged stays, sealed and
/// unseen. So do the stream, so that it can be sent; how many came too late, which names nobody; and the refusal
/// itself.
///
/// @param going rows to delete
/// @param stays whether a fact is left
record EndedClinic(List<Row> going, boolean stays) {
    static EndedClinic look(Rows rows, InstitutionCode clinic, Set<FactId> unacknowledged) {
        List<Row> going = new ArrayList<>();
        boolean stays = false;
        for (TreatmentMonth month : rows.months()) {
            Set<Key> staying = staying(rows, clinic, month, unacknowledged);
            stays |= !staying.isEmpty();
            for (char kind : new char[] {Key.FACT, Key.ATTACHMENT, Key.MARK, Key.REMARK, Key.TOLD}) {
                rows.scan(month, Key.prefix(kind, month, clinic), (key, _) -> {
                    if (!staying.contains(key)) {
                        going.add(new Row(key, null));
                    }
                });
            }
        }
        for (char kind : new char[] {Key.CURSOR, Key.FEED}) {
            Key key = Key.of(kind, clinic);
            if (rows.get(key) != null) {
                going.add(new Row(key, null));
            }
        }
        return new EndedClinic(going, stays);
    }

    private static Set<Key> staying(
            Rows rows, InstitutionCode clinic, TreatmentMonth month, Set<FactId> unacknowledged) {
        // What no hub would take, or keep, lies here alone.
        Set<FactId> refused = new HashSet<>();
        rows.scan(month, Key.prefix(Key.REMARK, month, clinic), (key, value) -> {
            if (EdgeStoreCodec.decodeRemarked(value).outcome() == Outcome.REFUSED) {
                refused.add(key.factId());
            }
        });
        Set<Key> staying = new HashSet<>();
        rows.scan(month, Key.prefix(Key.FACT, month, clinic), (key, value) -> {
            KeptFact kept = EdgeStoreCodec.decodeKeptFact(value);
            Decoded decoded = FactCodec.decode(kept.fact());
            // A newer version recorded it, and sends it when it is back.
            boolean unreadable = kept.own() && decoded instanceof Decoded.Unreadable;
            if (unreadable || unacknowledged.contains(key.factId()) || refused.contains(key.factId())) {
                staying.add(key);
                staying.add(Key.of(Key.MARK, month, clinic, key.id()));
                staying.add(Key.of(Key.REMARK, month, clinic, key.id()));
                Key attachment = decoded instanceof Decoded.Known(Fact fact) ? StoredFacts.attachmentKey(fact) : null;
                if (attachment != null) {
                    staying.add(attachment);
                }
            }
        });
        return staying;
    }
}
