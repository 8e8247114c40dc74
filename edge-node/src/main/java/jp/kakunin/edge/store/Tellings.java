package jp.kakunin.edge.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.kakunin.codec.EdgeStoreCodec;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.outbox.Feed;
import jp.kakunin.outbox.Told;
import org.jspecify.annotations.Nullable;

/// What receipt computers were told, in the rows of a store: it lies with its month and goes with it.
final class Tellings {
    private final Rows rows;

    Tellings(Rows rows) {
        this.rows = rows;
    }

    Map<VisitId, Told> of(InstitutionCode clinic, TreatmentMonth month) {
        Map<VisitId, Told> told = new HashMap<>();
        rows.scan(
                month,
                Key.prefix(Key.TOLD, month, clinic),
                (key, value) -> told.put(new VisitId(key.id()), EdgeStoreCodec.decodeTold(value)));
        return told;
    }

    @Nullable
    Feed feed(InstitutionCode clinic) {
        byte[] value = rows.get(Key.of(Key.FEED, clinic));
        return value == null ? null : EdgeStoreCodec.decodeFeed(value);
    }

    void keep(InstitutionCode clinic, Feed feed, Map<TreatmentMonth, Map<VisitId, Told>> told) {
        if (!rows.hasRoom()) {
            throw new StoreFullException(
                    "the disk is full: receipt computers are told nothing new until there is space");
        }
        List<Row> changes = new ArrayList<>();
        changes.add(new Row(Key.of(Key.FEED, clinic), EdgeStoreCodec.encode(feed)));
        told.forEach((month, visits) -> {
            if (!rows.isForgotten(month)) {
                visits.forEach((visit, each) -> changes.add(
                        new Row(Key.of(Key.TOLD, month, clinic, visit.value()), EdgeStoreCodec.encode(each))));
            }
        });
        rows.write(changes);
    }
}
