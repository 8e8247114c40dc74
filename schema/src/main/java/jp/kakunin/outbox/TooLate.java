package jp.kakunin.outbox;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import jp.kakunin.domain.TreatmentMonth;

/// How many facts of each month reached the hub only after the month's close, as far as the staff have not seen it.
/// Kept apart from the months: it tells nothing of a patient and outlives them.
public record TooLate(Map<TreatmentMonth, Integer> facts) {
    public static final TooLate NONE = new TooLate(Map.of());

    public TooLate {
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    }

    public TooLate plus(TooLate other) {
        Map<TreatmentMonth, Integer> sum = new TreeMap<>(facts);
        other.facts.forEach((month, count) -> sum.merge(month, count, Integer::sum));
        return new TooLate(sum);
    }

    /// What remains when these were seen.
    public TooLate minus(TooLate seen) {
        Map<TreatmentMonth, Integer> rest = new TreeMap<>(facts);
        seen.facts.forEach((month, count) ->
                rest.computeIfPresent(month, (_, here) -> here > count ? Integer.valueOf(here - count) : null));
        return new TooLate(rest);
    }

    public TooLate plusOne(TreatmentMonth month) {
        return plus(new TooLate(Map.of(month, 1)));
    }
}
