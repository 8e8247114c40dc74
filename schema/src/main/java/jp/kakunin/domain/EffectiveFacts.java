package jp.kakunin.domain;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The facts that count: each id once and in id order, without what was withdrawn.
public final class EffectiveFacts {
    private EffectiveFacts() {}

    public static List<Fact> of(Collection<Fact> facts) {
        NavigableMap<FactId, Fact> distinct = distinct(facts);
        Set<FactId> withdrawn = Withdrawals.takenBack(distinct);
        return withdrawn.isEmpty()
                ? List.copyOf(distinct.values())
                : without(distinct.values(), fact -> withdrawn.contains(fact.id()));
    }

    /// Takes facts away, and with a check that was asked by number also the answers to it: the number was the only
    /// bond between answer and patient. An answer to a card stays, because the card itself names the patient;
    /// otherwise a clinic could withdraw what the authority said.
    static List<Fact> without(Collection<Fact> facts, Predicate<Fact> takenBack) {
        Set<Asked> numbers = facts.stream()
                .filter(takenBack)
                .filter(Fact.CheckRecorded.class::isInstance)
                .map(Fact.CheckRecorded.class::cast)
                .filter(check -> !(check.evidence() instanceof Evidence.Card))
                .map(check -> Asked.of(check.envelope(), check.check()))
                .collect(Collectors.toUnmodifiableSet());
        return facts.stream()
                .filter(takenBack.negate())
                .filter(fact -> !(fact instanceof Fact.AnswerReceived answer
                        && numbers.contains(Asked.of(answer.envelope(), answer.check()))))
                .toList();
    }

    /// An id that names two different facts names neither: whichever came first must not matter.
    private static NavigableMap<FactId, Fact> distinct(Collection<Fact> facts) {
        NavigableMap<FactId, Fact> byId = new TreeMap<>();
        Set<FactId> ambiguous = new HashSet<>();
        for (Fact fact : facts) {
            Fact held = byId.putIfAbsent(fact.id(), fact);
            if (held != null && !held.equals(fact)) {
                ambiguous.add(fact.id());
            }
        }
        ambiguous.forEach(byId::remove);
        return byId;
    }

    private record Asked(PatientId patient, TreatmentMonth month, CheckId check) {
        static Asked of(Envelope envelope, CheckId check) {
            return new Asked(envelope.patient(), envelope.month(), check);
        }
    }
}
