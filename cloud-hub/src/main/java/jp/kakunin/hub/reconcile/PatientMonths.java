package jp.kakunin.hub.reconcile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.journal.Summary;

/// The summaries one decision works on: each read and decoded once, with the facts the decision has added.
final class PatientMonths {
    private final ClinicView view;
    private final Map<PatientMonth, Summary> before = new HashMap<>();
    private final Map<PatientMonth, List<Fact>> facts = new HashMap<>();
    private final Map<PatientMonth, Set<FactId>> ids = new HashMap<>();

    PatientMonths(ClinicView view) {
        this.view = view;
    }

    /// Reads what is not read yet in one go.
    void load(Collection<PatientMonth> wanted) {
        Set<PatientMonth> missing = new HashSet<>(wanted);
        missing.removeAll(before.keySet());
        missing.removeIf(key -> view.isClosed(key.month()));
        if (!missing.isEmpty()) {
            Map<PatientMonth, Summary> found = view.summaries(missing);
            missing.forEach(key -> before.put(key, found.getOrDefault(key, Summary.EMPTY)));
        }
    }

    /// As it was before this decision.
    Summary before(PatientMonth key) {
        load(Set.of(key));
        return before.getOrDefault(key, Summary.EMPTY);
    }

    List<Fact> facts(PatientMonth key) {
        List<Fact> added = facts.get(key);
        return added == null ? before(key).facts() : added;
    }

    int factsIn(PatientMonth key) {
        return facts(key).size();
    }

    boolean holds(PatientMonth key, FactId fact) {
        return ids(key).contains(fact);
    }

    /// A join stands in the summaries of both patients.
    void add(Fact fact) {
        PatientMonth own = PatientMonth.of(fact.envelope());
        add(own, fact);
        if (fact instanceof Fact.PatientsJoined join) {
            PatientMonth other = new PatientMonth(own.clinic(), own.month(), join.b());
            if (!other.equals(own)) {
                add(other, fact);
            }
        }
    }

    /// Everybody any join of the given months connects with the patient, withdrawn joins included: more than needed
    /// does not harm, because the rules judge by themselves who is one person.
    Set<PatientId> group(PatientMonth start, Collection<TreatmentMonth> months) {
        Set<PatientId> group = new TreeSet<>(Set.of(start.patient()));
        Queue<PatientId> open = new ArrayDeque<>(group);
        for (PatientId next = open.poll(); next != null; next = open.poll()) {
            for (TreatmentMonth month : months) {
                for (Fact fact : facts(new PatientMonth(start.clinic(), month, next))) {
                    if (fact instanceof Fact.PatientsJoined join) {
                        for (PatientId joined : List.of(join.a(), join.b())) {
                            if (group.add(joined)) {
                                open.add(joined);
                            }
                        }
                    }
                }
            }
        }
        return group;
    }

    private void add(PatientMonth key, Fact fact) {
        if (ids(key).add(fact.id())) {
            facts.computeIfAbsent(key, _ -> new ArrayList<>(before(key).facts()))
                    .add(fact);
        }
    }

    private Set<FactId> ids(PatientMonth key) {
        Set<FactId> known = ids.get(key);
        if (known == null) {
            known = new HashSet<>();
            for (Fact fact : before(key).facts()) {
                known.add(fact.id());
            }
            ids.put(key, known);
        }
        return known;
    }
}
