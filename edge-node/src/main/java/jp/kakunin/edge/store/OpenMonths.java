package jp.kakunin.edge.store;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.outbox.Feed;
import org.jspecify.annotations.Nullable;

/// The months of a clinic that may be seen now, with their facts, and where what receipt computers are told of them
/// stands.
///
/// @param shutOut the hub lets this device read nothing of the clinic; then there are no months
/// @param epoch of the clinic's stream: another one means that disk or hub were put back
public record OpenMonths(
        boolean shutOut,
        SortedMap<TreatmentMonth, List<Fact>> facts,
        @Nullable Feed feed,
        @Nullable Epoch epoch) {
    public OpenMonths {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }
}
