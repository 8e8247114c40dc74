package jp.kakunin.hub.activation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.kakunin.domain.InstitutionCode;

/// Wrong tries on accounts that do not exist, so that these are locked like those that do and nobody can tell them
/// apart.
final class UnknownAccounts {
    static final int ACCOUNTS_MAX = 10_000;

    private final Map<InstitutionCode, Tries> tries = new LinkedHashMap<>();

    boolean isLocked(InstitutionCode clinic, Instant now) {
        return tries.getOrDefault(clinic, Tries.NONE).isLocked(now);
    }

    void wrong(InstitutionCode clinic, Instant now) {
        Tries before = tries.remove(clinic);
        tries.put(clinic, (before == null ? Tries.NONE : before).andOneWrong(now));
        if (tries.size() > ACCOUNTS_MAX) {
            tries.remove(tries.keySet().iterator().next());
        }
    }
}
