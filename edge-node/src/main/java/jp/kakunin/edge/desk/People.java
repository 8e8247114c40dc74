package jp.kakunin.edge.desk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.PatientId;

/// Which patient ids are one person, after the joins among the given effective facts.
final class People {
    private final Map<PatientId, Set<PatientId>> groups = new HashMap<>();

    People(List<Fact> effective) {
        for (Fact fact : effective) {
            if (fact instanceof Fact.PatientsJoined join) {
                unite(join.a(), join.b());
            }
        }
    }

    Set<PatientId> of(PatientId patient) {
        return groups.getOrDefault(patient, Set.of(patient));
    }

    private void unite(PatientId a, PatientId b) {
        Set<PatientId> united = new TreeSet<>(of(a));
        united.addAll(of(b));
        for (PatientId patient : united) {
            groups.put(patient, united);
        }
    }
}
