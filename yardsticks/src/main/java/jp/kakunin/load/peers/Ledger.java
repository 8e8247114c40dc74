package jp.kakunin.load.peers;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import jp.kakunin.domain.FactId;

/// What a peer acknowledged, to be compared with what it holds. The same for every peer.
final class Ledger {
    private final Set<FactId> acknowledged = new HashSet<>();

    /// @param acknowledged different facts
    /// @param missing of these are not held
    /// @param doubled of what is held is there more than once
    record Balance(long acknowledged, long missing, long doubled) {
        Balance plus(Balance other) {
            return new Balance(acknowledged + other.acknowledged, missing + other.missing, doubled + other.doubled);
        }
    }

    void acknowledged(FactId fact) {
        acknowledged.add(fact);
    }

    Balance compare(Peer peer) throws Exception {
        Map<FactId, Integer> held = new HashMap<>();
        peer.read(fact -> held.merge(fact, 1, Integer::sum));
        long missing =
                acknowledged.stream().filter(fact -> !held.containsKey(fact)).count();
        long doubled = held.values().stream().filter(times -> times > 1).count();
        return new Balance(acknowledged.size(), missing, doubled);
    }
}
