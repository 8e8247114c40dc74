package jp.kakunin.edge.receipt;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import jp.kakunin.domain.Digest;
import org.jspecify.annotations.Nullable;

/// Who may ask, and how often. Of one thread.
final class Gate {
    static final int REQUESTS_AT_ONCE_MAX = 100;
    static final int REQUESTS_PER_SECOND_MAX = 20;
    static final int WRONG_KEYS_AT_ONCE_MAX = 10;
    static final int WRONG_KEYS_PER_MINUTE_MAX = 10;

    private static final String BEARER = "Bearer ";
    private static final int SECONDS_PER_MINUTE = 60;

    private final Supplier<List<ReceiptKey>> keys;
    private final InstantSource clock;
    private final Allowance wrong;
    private final Map<ReceiptKey, Allowance> requests = new HashMap<>();

    Gate(Supplier<List<ReceiptKey>> keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
        wrong = new Allowance(
                WRONG_KEYS_AT_ONCE_MAX, (double) WRONG_KEYS_PER_MINUTE_MAX / SECONDS_PER_MINUTE, clock.instant());
    }

    sealed interface Admission {
        record Granted(ReceiptKey key) implements Admission {}

        record Refused(ReceiptProblem problem, int retryAfterSeconds) implements Admission {}
    }

    /// A right key is let in however many wrong ones were tried: another program must not be able to shut it out.
    Admission admit(@Nullable String authorization) {
        Instant now = clock.instant();
        ReceiptKey key = key(authorization);
        if (key == null) {
            return wrong.take(now)
                    ? new Admission.Refused(ReceiptProblem.KEY_WRONG, 0)
                    : new Admission.Refused(ReceiptProblem.TOO_MANY_WRONG_KEYS, wrong.retryAfterSeconds());
        }
        Allowance allowance =
                requests.computeIfAbsent(key, _ -> new Allowance(REQUESTS_AT_ONCE_MAX, REQUESTS_PER_SECOND_MAX, now));
        return allowance.take(now)
                ? new Admission.Granted(key)
                : new Admission.Refused(ReceiptProblem.TOO_FAST, allowance.retryAfterSeconds());
    }

    /// Whether the key has not been removed meanwhile.
    boolean stillOpens(ReceiptKey key) {
        return keys.get().contains(key);
    }

    private @Nullable ReceiptKey key(@Nullable String authorization) {
        List<ReceiptKey> known = keys.get();
        requests.keySet().retainAll(known);
        if (authorization == null || !authorization.startsWith(BEARER)) {
            return null;
        }
        Digest shown = ReceiptKey.digestOf(authorization.substring(BEARER.length()));
        ReceiptKey found = null;
        for (ReceiptKey each : known) {
            if (each.opensWith(shown)) {
                found = each;
            }
        }
        return found;
    }
}
