package jp.kakunin.edge.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Each form carries an id of its own, so that a form sent twice records once and is answered alike. Used on the event
/// loop only.
final class Onces {
    static final int USED_MAX = 256;

    private final RandomGenerator random;
    private final Map<String, CompletableFuture<Answer>> used = new LinkedHashMap<>();

    Onces(RandomGenerator random) {
        this.random = random;
    }

    /// What became of a form, told to whoever sent it.
    interface Answer {
        void give(RoutingContext context);
    }

    String next() {
        byte[] id = new byte[8];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /// The answer to come if this form was sent before, or null; forms without an id were never.
    @Nullable
    CompletableFuture<Answer> use(@Nullable String id) {
        if (id == null || id.isEmpty()) {
            return null;
        }
        if (used.size() >= USED_MAX && !used.containsKey(id)) {
            used.remove(used.keySet().iterator().next());
        }
        return used.putIfAbsent(id, new CompletableFuture<>());
    }

    void answered(@Nullable String id, Answer answer) {
        CompletableFuture<Answer> waiting = id == null ? null : used.get(id);
        if (waiting != null) {
            waiting.complete(answer);
        }
    }

    /// Nothing was recorded: whoever sent it twice is told so twice, and it may be corrected and sent again.
    void refused(@Nullable String id, Answer answer) {
        answered(id, answer);
        if (id != null) {
            used.remove(id);
        }
    }
}
