package jp.kakunin.edge.desk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jp.kakunin.domain.EffectiveFacts;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import org.jspecify.annotations.Nullable;

/// Everybody the facts speak of: who is one person after the joins that count, and each of them judged. Whoever nothing
/// was added about is taken over from the people before.
final class People {
    static final People NOBODY = new People();

    private final Map<PatientId, Person> byId = new HashMap<>();
    private final List<Person> all = new ArrayList<>();

    private People() {}

    People(TreatmentMonth month, List<Fact> facts, People before) {
        Map<PatientId, Set<PatientId>> joined = joined(facts);
        Map<Set<PatientId>, List<Fact>> recorded = new LinkedHashMap<>();
        for (Fact fact : facts) {
            PatientId patient = fact.envelope().patient();
            recorded.computeIfAbsent(joined.getOrDefault(patient, Set.of(patient)), _ -> new ArrayList<>())
                    .add(fact);
        }
        recorded.forEach((ids, ofPerson) -> {
            Person known = before.byId.get(ids.iterator().next());
            Person person =
                    known != null && known.isOf(ids, month, ofPerson) ? known : new Person(ids, month, ofPerson);
            all.add(person);
            ids.forEach(id -> byId.put(id, person));
        });
    }

    Collection<Person> all() {
        return all;
    }

    @Nullable
    Person find(PatientId patient) {
        return byId.get(patient);
    }

    /// A withdrawal counts in the patient-month of its target only, so joins and withdrawals alone tell which joins
    /// count.
    private static Map<PatientId, Set<PatientId>> joined(List<Fact> facts) {
        Map<PatientId, Set<PatientId>> groups = new HashMap<>();
        List<Fact> telling = facts.stream()
                .filter(fact -> fact instanceof Fact.PatientsJoined || fact instanceof Fact.FactWithdrawn)
                .toList();
        for (Fact fact : EffectiveFacts.of(telling)) {
            if (fact instanceof Fact.PatientsJoined join) {
                Set<PatientId> united = new TreeSet<>(groups.getOrDefault(join.a(), Set.of(join.a())));
                united.addAll(groups.getOrDefault(join.b(), Set.of(join.b())));
                united.forEach(patient -> groups.put(patient, united));
            }
        }
        return groups;
    }
}
