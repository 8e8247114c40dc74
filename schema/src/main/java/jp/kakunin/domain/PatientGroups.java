package jp.kakunin.domain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which patient ids are one person: the closure of the joins that count.
public final class PatientGroups {
    private final NavigableMap<PatientId, Set<PatientId>> joinedWith = new TreeMap<>();

    private PatientGroups(List<Fact> effective) {
        for (Fact fact : effective) {
            if (fact instanceof Fact.PatientsJoined join) {
                connect(join.a(), join.b());
                connect(join.b(), join.a());
            }
        }
    }

    /// All patient ids that are one person with `patient`, itself included, as far as the given facts tell.
    public static Set<PatientId> group(PatientId patient, Collection<Fact> facts) {
        return new PatientGroups(EffectiveFacts.of(facts)).of(patient);
    }

    /// The given facts, person by person.
    public static Collection<List<Fact>> split(List<Fact> effective) {
        PatientGroups groups = new PatientGroups(effective);
        NavigableMap<PatientId, List<Fact>> byPerson = new TreeMap<>();
        NavigableMap<PatientId, PatientId> firstOf = new TreeMap<>();
        for (Fact fact : effective) {
            PatientId patient = fact.envelope().patient();
            PatientId person = firstOf.computeIfAbsent(patient, groups::first);
            byPerson.computeIfAbsent(person, _ -> new ArrayList<>()).add(fact);
        }
        return byPerson.values();
    }

    private void connect(PatientId from, PatientId to) {
        joinedWith.computeIfAbsent(from, _ -> new TreeSet<>()).add(to);
    }

    private PatientId first(PatientId patient) {
        return Collections.min(of(patient));
    }

    private Set<PatientId> of(PatientId patient) {
        Set<PatientId> group = new TreeSet<>(Set.of(patient));
        Queue<PatientId> open = new ArrayDeque<>(group);
        for (PatientId next = open.poll(); next != null; next = open.poll()) {
            for (PatientId joined : joinedWith.getOrDefault(next, Set.of())) {
                if (group.add(joined)) {
                    open.add(joined);
                }
            }
        }
        return Collections.unmodifiableSet(group);
    }
}
