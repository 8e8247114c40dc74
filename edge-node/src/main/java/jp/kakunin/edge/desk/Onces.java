package jp.kakunin.edge.desk;

import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Each form carries an id of its own, so that a form sent twice records once. Used on the event loop only.
final class Onces {
    static final int USED_MAX = 256;

    private final RandomGenerator random;
    private final Set<String> used = new LinkedHashSet<>();

    Onces(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        byte[] id = new byte[8];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /// Whether this form is sent for the first time; forms without an id always are.
    boolean use(@Nullable String id) {
        if (id == null || id.isEmpty()) {
            return true;
        }
        if (used.size() >= USED_MAX) {
            used.remove(used.iterator().next());
        }
        return used.add(id);
    }
}
