package jp.kakunin.hub.reconcile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import jp.kakunin.codec.Decoded;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.journal.EncodedFact;
import jp.kakunin.journal.Summary;

/// The summaries one decision works on: each read and decoded once, with the facts the decision has added.
final class PatientMonths {
    private final ClinicView view;
    private final Map<PatientMonth, Work> works = new HashMap<>();

    PatientMonths(ClinicView view) {
        this.view = view;
    }

    /// Reads what is not read yet in one go.
    void load(Collection<PatientMonth> wanted) {
        List<PatientMonth> missing = wanted.stream()
                .filter(key -> !works.containsKey(key) && !view.isClosed(key.month()))
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            Map<PatientMonth, Summary> found = view.summaries(missing);
            missing.forEach(key -> works.put(key, new Work(found.getOrDefault(key, Summary.EMPTY))));
        }
    }

    /// Reads all that these facts may touch.
    void loadAround(Collection<Decoded> decoded) {
        Set<PatientMonth> keys = new HashSet<>();
        for (Decoded each : decoded) {
            if (each instanceof Decoded.Known(Fact fact)) {
                PatientMonth key = PatientMonth.of(fact.envelope());
                if (key.clinic().equals(view.clinic())) {
                    keys.add(key);
                    keys.add(new PatientMonth(key.clinic(), key.month().previous(), key.patient()));
                    keys.add(new PatientMonth(key.clinic(), key.month().next(), key.patient()));
                }
            }
        }
        load(keys);
    }

    /// As it was before this decision.
    Summary before(PatientMonth key) {
        return work(key).before;
    }

    List<Fact> factsBefore(PatientMonth key) {
        return work(key).factsBefore();
    }

    List<Fact> facts(PatientMonth key) {
        return Collections.unmodifiableList(work(key).facts);
    }

    int factsIn(PatientMonth key) {
        return work(key).facts.size();
    }

    boolean holds(PatientMonth key, FactId fact) {
        return work(key).ids.contains(fact);
    }

    /// With the facts added, and what was derived from them.
    Summary after(PatientMonth key, List<VisitStanding> visits) {
        return new Summary(work(key).encoded, visits);
    }

    /// A join stands in the summaries of both patients.
    void add(EncodedFact encoded) {
        Fact fact = encoded.fact();
        PatientMonth own = PatientMonth.of(fact.envelope());
        work(own).add(encoded);
        if (fact instanceof Fact.PatientsJoined join) {
            PatientMonth other = new PatientMonth(own.clinic(), own.month(), join.b());
            if (!other.equals(own)) {
                work(other).add(encoded);
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

    private Work work(PatientMonth key) {
        Work work = works.get(key);
        if (work == null) {
            load(Set.of(key));
            work = works.computeIfAbsent(key, _ -> new Work(Summary.EMPTY)); // of a month that is closed
        }
        return work;
    }

    /// One patient-month, as it was and with what is added.
    private static final class Work {
        private final Summary before;
        private final List<EncodedFact> encoded;
        private final List<Fact> facts = new ArrayList<>();
        private final Set<FactId> ids = new HashSet<>();

        Work(Summary before) {
            this.before = before;
            encoded = new ArrayList<>(before.encoded());
            for (EncodedFact each : encoded) {
                facts.add(each.fact());
                ids.add(each.fact().id());
            }
        }

        List<Fact> factsBefore() {
            return facts.subList(0, before.encoded().size());
        }

        void add(EncodedFact added) {
            if (ids.add(added.fact().id())) {
                encoded.add(added);
                facts.add(added.fact());
            }
        }
    }
}
