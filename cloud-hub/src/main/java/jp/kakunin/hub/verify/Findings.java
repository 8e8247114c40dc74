package jp.kakunin.hub.verify;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/// How much was examined, and what was found different; differences are told at once and not gathered.
public final class Findings {
    private final Map<Check, Long> examined = new EnumMap<>(Check.class);
    private final Map<Check, Long> different = new EnumMap<>(Check.class);
    private final Consumer<Difference> listener;

    Findings(Consumer<Difference> listener) {
        this.listener = listener;
    }

    void examined(Check check) {
        examined.merge(check, 1L, Long::sum);
    }

    void found(Difference difference) {
        different.merge(difference.check(), 1L, Long::sum);
        listener.accept(difference);
    }

    public long examinedOf(Check check) {
        return examined.getOrDefault(check, 0L);
    }

    public long differentOf(Check check) {
        return different.getOrDefault(check, 0L);
    }

    public boolean isClean() {
        return different.isEmpty();
    }
}
