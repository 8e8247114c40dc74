package jp.kakunin.edge.desk;

import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.outbox.TooLate;

/// How many facts of a month came too late, as the page tells it, and as its form gives it back: who says "I have seen
/// it" has seen this number, and not what came since the page was drawn.
public record LateMonth(String field, int facts, String text) {
    private static final String FIELD = "late-";

    static List<LateMonth> of(TooLate tooLate, Texts texts) {
        return tooLate.facts().entrySet().stream()
                .map(each -> new LateMonth(
                        FIELD + each.getKey(),
                        each.getValue(),
                        texts.text("late.facts", each.getKey(), each.getValue())))
                .toList();
    }

    /// Fields that make no sense count for nothing.
    static TooLate seen(Map<String, String> fields) {
        Map<TreatmentMonth, Integer> seen = new TreeMap<>();
        fields.forEach((field, value) -> {
            if (field.startsWith(FIELD)) {
                try {
                    int facts = Integer.parseInt(value);
                    if (facts > 0) {
                        seen.put(TreatmentMonth.parse(field.substring(FIELD.length())), facts);
                    }
                } catch (IllegalArgumentException | DateTimeException _) {
                    // Not from our page.
                }
            }
        });
        return new TooLate(seen);
    }
}
