package jp.kakunin.edge.desk;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import jp.kakunin.domain.Fact;
import org.jspecify.annotations.Nullable;

/// Short confirmations carried over a redirect by a random id, because names do not belong in URLs. Used on the event
/// loop only.
final class Flashes {
    static final int FLASHES_MAX = 64;

    private final RandomGenerator random;
    private final Map<String, Flash> kept = new LinkedHashMap<>();

    Flashes(RandomGenerator random) {
        this.random = random;
    }

    /// @param fact what one key takes back; empty when there is nothing to take back
    /// @param reason the reason that is then recorded
    record Flash(String key, String argument, String fact, Fact.@Nullable WithdrawalReason reason, String clinic) {}

    String keep(Flash flash) {
        byte[] id = new byte[8];
        random.nextBytes(id);
        String name = HexFormat.of().formatHex(id);
        kept.put(name, flash);
        if (kept.size() > FLASHES_MAX) {
            kept.remove(kept.keySet().iterator().next());
        }
        return name;
    }

    @Nullable
    Flash find(@Nullable String id) {
        return id == null ? null : kept.get(id);
    }
}
