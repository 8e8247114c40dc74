package jp.kakunin.edge.desk;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import jp.kakunin.domain.TreatmentMonth;
import org.jspecify.annotations.Nullable;

/// How many records the hub has not acknowledged, and which of them a sealed export can carry.
///
/// @param records that can be carried, by the month before whose close they must arrive
/// @param tooLate of months that are closed: nobody can do anything with them any more
/// @param withoutKey of months whose key the hub has not told yet
public record Exportable(
        SortedMap<TreatmentMonth, Integer> records,
        SortedMap<TreatmentMonth, Integer> tooLate,
        SortedMap<TreatmentMonth, Integer> withoutKey) {
    public static final Exportable NOTHING = new Exportable(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    public Exportable {
        records = Collections.unmodifiableSortedMap(records);
        tooLate = Collections.unmodifiableSortedMap(tooLate);
        withoutKey = Collections.unmodifiableSortedMap(withoutKey);
    }

    /// Why there is no file; null when there is one.
    public @Nullable Problem refusal() {
        if (!records.isEmpty()) {
            return null;
        }
        if (!withoutKey.isEmpty()) {
            return Problem.EXPORT_WITHOUT_KEY;
        }
        return tooLate.isEmpty() ? Problem.EXPORT_NOTHING : Problem.EXPORT_TOO_LATE;
    }

    static int sum(Map<TreatmentMonth, Integer> months) {
        return months.values().stream().mapToInt(Integer::intValue).sum();
    }
}
