package jp.kakunin.edge.receipt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.EffectiveFacts;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.PatientGroups;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.edge.store.OpenMonths;

/// All visits of a clinic that may be seen, judged. Whoever nothing was added about since the book before is taken over
/// from it.
final class ClaimBook {
    static final ClaimBook EMPTY = new ClaimBook();

    private final Set<TreatmentMonth> months;
    private final Map<PatientId, ClaimPerson> people = new HashMap<>();
    private final NavigableMap<VisitId, ClaimVisit> visits = new TreeMap<>();

    private final Map<VisitId, Digest> digests = new HashMap<>();

    private ClaimBook() {
        months = Set.of();
    }

    ClaimBook(OpenMonths open, ClaimBook before) {
        months = open.facts().keySet();
        List<Fact> all = new ArrayList<>();
        open.facts().values().forEach(all::addAll);
        boolean sameMonths = months.equals(before.months);
        for (List<Fact> ofPerson : PatientGroups.split(EffectiveFacts.of(all))) {
            PatientId first = ofPerson.stream()
                    .map(fact -> fact.envelope().patient())
                    .min(PatientId::compareTo)
                    .orElseThrow();
            ClaimPerson known = before.people.get(first);
            ClaimPerson person =
                    sameMonths && known != null && known.isOf(ofPerson) ? known : new ClaimPerson(ofPerson, months);
            people.put(first, person);
            person.visits().forEach(visit -> visits.put(visit.judged().visit(), visit));
            digests.putAll(person.digests());
        }
    }

    /// By visit id, which is the order in which they were begun.
    NavigableMap<VisitId, ClaimVisit> visits() {
        return Collections.unmodifiableNavigableMap(visits);
    }

    Digest digest(VisitId visit) {
        return Objects.requireNonNull(digests.get(visit), "no such visit");
    }

    Set<TreatmentMonth> months() {
        return months;
    }

    /// References that would be forgotten with an older month although the patient was seen since.
    Stream<Fact.ReferenceSet> referencesLeftBehind() {
        Collection<ClaimPerson> all = people.values();
        return all.stream().flatMap(person -> {
            Fact.ReferenceSet reference = person.reference();
            return reference != null
                            && person.visits().stream()
                                    .anyMatch(visit -> visit.month()
                                                    .compareTo(
                                                            reference.envelope().month())
                                            > 0)
                    ? Stream.of(reference)
                    : Stream.of();
        });
    }

    /// The newest month in which the patient was seen.
    TreatmentMonth lastMonthOf(Fact.ReferenceSet reference) {
        return visits.values().stream()
                .filter(visit -> visit.person().contains(reference.envelope().patient()))
                .map(ClaimVisit::month)
                .max(TreatmentMonth::compareTo)
                .orElseThrow();
    }
}
