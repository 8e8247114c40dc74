package jp.kakunin.domain;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/// Which facts are taken back. A withdrawal counts unless a withdrawal that counts takes it back, so the last
/// links of a chain are decided first. Withdrawals on a cycle are never reached that way and take nothing back.
final class Withdrawals {
    private final Map<FactId, FactId> targets = new HashMap<>();
    private final Map<FactId, Integer> undecided = new HashMap<>();

    private Withdrawals(Map<FactId, Fact> facts) {
        for (Fact fact : facts.values()) {
            if (fact instanceof Fact.FactWithdrawn withdrawal && isAdmissible(withdrawal, facts)) {
                targets.put(withdrawal.id(), withdrawal.fact());
            }
        }
        targets.values().forEach(target -> undecided.merge(target, 1, Integer::sum));
    }

    static Set<FactId> takenBack(Map<FactId, Fact> facts) {
        return new Withdrawals(facts).decide();
    }

    /// Only an edge fact of the same patient-month: what another month says must not change this one.
    private static boolean isAdmissible(Fact.FactWithdrawn withdrawal, Map<FactId, Fact> facts) {
        Fact target = facts.get(withdrawal.fact());
        return target != null && !target.isFromHub() && withdrawal.envelope().isSamePatientMonthAs(target.envelope());
    }

    private Set<FactId> decide() {
        Set<FactId> takenBack = new HashSet<>();
        Queue<FactId> decidable = new ArrayDeque<>();
        for (FactId withdrawal : targets.keySet()) {
            if (!undecided.containsKey(withdrawal)) {
                decidable.add(withdrawal);
            }
        }
        for (FactId withdrawal = decidable.poll(); withdrawal != null; withdrawal = decidable.poll()) {
            FactId target = targets.get(withdrawal);
            if (target == null) {
                continue;
            }
            if (!takenBack.contains(withdrawal)) {
                takenBack.add(target);
            }
            if (undecided.merge(target, -1, Integer::sum) == 0) {
                decidable.add(target);
            }
        }
        return takenBack;
    }
}
