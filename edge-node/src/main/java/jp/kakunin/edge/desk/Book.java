package jp.kakunin.edge.desk;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Deadline;
import jp.kakunin.domain.DueState;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.domain.VisitStanding.Proof;
import jp.kakunin.edge.exchange.MonthView;
import jp.kakunin.outbox.Remarked;
import org.jspecify.annotations.Nullable;

/// What this edge knows of one clinic around one month, judged: the visits of that month and the one before, and the
/// people behind them.
final class Book {
    private final InstitutionCode clinic;
    private final TreatmentMonth month;
    private final LocalDate today;
    private final int filingDay;
    private final boolean connected;
    private final MonthView view;
    private final People people;

    /// @param view the month, the one before and the one after
    /// @param before the book opened last; whoever nothing was added about since is not judged again
    Book(
            InstitutionCode clinic,
            TreatmentMonth month,
            MonthView view,
            LocalDate today,
            int filingDay,
            boolean connected,
            @Nullable Book before) {
        this.clinic = clinic;
        this.month = month;
        this.today = today;
        this.filingDay = filingDay;
        this.connected = connected;
        this.view = view;
        this.people = new People(month, view.facts(), before == null ? People.NOBODY : before.people);
    }

    /// Whether a book opened with these would say the same.
    @SuppressWarnings("ReferenceEquality") // the edge gives the same view until something changed
    boolean isOf(InstitutionCode clinic, TreatmentMonth month, MonthView view, LocalDate today, boolean connected) {
        return this.view == view
                && this.clinic.equals(clinic)
                && this.month.equals(month)
                && this.today.equals(today)
                && this.connected == connected;
    }

    TreatmentMonth month() {
        return month;
    }

    Map<FactId, Remarked> remarks() {
        return view.remarks();
    }

    /// All facts this edge can tell of: those of its months, and those of others that the hub remarked about.
    Stream<Fact> recorded() {
        return Stream.concat(view.facts().stream(), view.elsewhere().stream());
    }

    List<DeskVisit> on(LocalDate date) {
        return shown((_, visit) -> visit.treatmentDate().equals(date))
                .sorted(Comparator.comparing(DeskVisit::arrivedAt))
                .toList();
    }

    /// What is not confirmed, of the month and the one before, the nearest date first.
    List<DeskVisit> open() {
        return shown((_, visit) -> !(visit.standing() instanceof Standing.Confirmed))
                .filter(visit -> visit.due() != DueState.CLOSED)
                .sorted(Comparator.comparing(
                                (DeskVisit visit) -> visit.deadline().date())
                        .thenComparing(visit -> visit.judged().treatmentDate())
                        .thenComparing(DeskVisit::arrivedAt))
                .toList();
    }

    /// Newest first.
    List<DeskVisit> found(Search search) {
        return shown((_, _) -> true)
                .filter(visit -> visit.due() != DueState.CLOSED)
                .filter(search::finds)
                .sorted(Comparator.comparing((DeskVisit visit) -> visit.judged().treatmentDate())
                        .thenComparing(DeskVisit::arrivedAt)
                        .reversed())
                .toList();
    }

    Optional<DeskVisit> visit(VisitId visit) {
        return shown((_, each) -> each.visit().equals(visit)).findFirst();
    }

    /// The visit with an id from outside, which may be anything.
    Optional<DeskVisit> visitNamed(String id) {
        return shown((_, visit) -> visit.visit().toString().equals(id)).findFirst();
    }

    /// The visit a second tap of the day belongs to.
    Optional<VisitStanding> visitOf(PatientId patient, LocalDate date) {
        return visits(patient)
                .filter(visit -> visit.treatmentDate().equals(date))
                .findFirst();
    }

    /// The same for a patient id from outside, which may be anything.
    Optional<DeskVisit> visitOfNamed(String patient, LocalDate date) {
        return shown((person, visit) -> visit.treatmentDate().equals(date)
                        && person.ids().stream()
                                .anyMatch(each -> each.toString().equals(patient)))
                .findFirst();
    }

    boolean wasSeenInMonth(PatientId patient) {
        Person person = people.find(patient);
        return person != null && person.wasSeenInMonth();
    }

    /// Whether the patient has a visit here. A join may outlive the visits it was made for.
    boolean knows(PatientId patient) {
        return visits(patient).findAny().isPresent();
    }

    Set<PatientId> person(PatientId patient) {
        Person person = people.find(patient);
        return person == null ? Set.of(patient) : person.ids();
    }

    Optional<Fact> fact(FactId id) {
        return people.all().stream()
                .flatMap(person -> person.facts().stream())
                .filter(fact -> fact.id().equals(id))
                .findFirst();
    }

    /// All facts that join these two, oldest month first: a join carried over is a fact of its own.
    List<Fact.PatientsJoined> joinsOf(PatientId a, PatientId b) {
        return joins(a).stream()
                .filter(join -> Set.of(join.a(), join.b()).equals(Set.of(a, b)))
                .sorted(Comparator.comparing(join -> join.envelope().month()))
                .toList();
    }

    /// Joins of the month before that this month does not know yet: they would be forgotten with that month.
    List<Fact.PatientsJoined> joinsToCarryOver(PatientId patient) {
        List<Fact.PatientsJoined> joins = joins(patient);
        Set<Set<PatientId>> held = joins.stream()
                .filter(join -> join.envelope().month().equals(month))
                .map(join -> Set.of(join.a(), join.b()))
                .collect(Collectors.toCollection(HashSet::new));
        return joins.stream()
                .filter(join -> join.envelope().month().equals(month.previous()))
                .filter(join -> held.add(Set.of(join.a(), join.b())))
                .toList();
    }

    /// Everybody seen, by name, those without a name last.
    List<KnownPatient> patients() {
        return people.all().stream()
                .filter(person -> !person.visits().isEmpty())
                .map(Person::known)
                .sorted(Comparator.comparing(KnownPatient::name, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
    }

    KnownPatient patient(PatientId patient) {
        Person person = people.find(patient);
        if (person == null) {
            throw new IllegalArgumentException("nobody is known by that id");
        }
        return person.known();
    }

    private Stream<VisitStanding> visits(PatientId patient) {
        Person person = people.find(patient);
        return person == null ? Stream.empty() : person.visits().stream();
    }

    private List<Fact.PatientsJoined> joins(PatientId patient) {
        Person person = people.find(patient);
        return person == null ? List.of() : person.joins();
    }

    private Stream<DeskVisit> shown(BiPredicate<Person, VisitStanding> wanted) {
        return people.all().stream()
                .flatMap(person -> person.visits().stream()
                        .filter(visit -> wanted.test(person, visit))
                        .map(visit -> shown(person, visit)));
    }

    private DeskVisit shown(Person person, VisitStanding visit) {
        List<Fact.CheckRecorded> checks = person.checksOf(visit);
        DueState due = DueState.of(visit, today, filingDay);
        Proof proof = visit.proof();
        Answer said = person.said(visit);
        LocalDate filing = visit.month().filing(filingDay);
        return new DeskVisit(
                clinic,
                visit,
                person.ids(),
                person.name(),
                proof == null ? null : proof.insured(),
                checks.getFirst().envelope().capturedAt(),
                checks,
                person.joins(),
                person.numbers(),
                person.denial(visit),
                said,
                due,
                Deadline.of(visit.kind(), visit.treatmentDate(), today, filingDay),
                filing,
                checks.stream().noneMatch(check -> view.unacknowledged().contains(check.id())),
                NextStep.of(visit, said, due, today.isAfter(filing), connected));
    }
}
