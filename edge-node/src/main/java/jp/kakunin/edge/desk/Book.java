package jp.kakunin.edge.desk;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.DueState;
import jp.kakunin.domain.EffectiveFacts;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Reconciliation;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;
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
    private final boolean connected;
    private final MonthView view;
    private final List<Fact> facts;
    private final People people;
    private final List<VisitStanding> standings;

    /// @param view the month, the one before and the one after
    Book(InstitutionCode clinic, TreatmentMonth month, MonthView view, LocalDate today, boolean connected) {
        this.clinic = clinic;
        this.month = month;
        this.today = today;
        this.connected = connected;
        this.view = view;
        this.facts = EffectiveFacts.of(view.facts());
        this.people = new People(facts);
        this.standings = Stream.of(month.previous(), month)
                .flatMap(each -> Reconciliation.judge(each, view.facts()).stream())
                .toList();
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

    List<DeskVisit> on(LocalDate date) {
        return standings.stream()
                .filter(visit -> visit.treatmentDate().equals(date))
                .map(this::shown)
                .sorted(Comparator.comparing(DeskVisit::arrivedAt))
                .toList();
    }

    Optional<DeskVisit> visit(VisitId visit) {
        return standings.stream()
                .filter(each -> each.visit().equals(visit))
                .findFirst()
                .map(this::shown);
    }

    /// The visit with an id from outside, which may be anything.
    Optional<DeskVisit> visitNamed(String id) {
        return standings.stream()
                .filter(each -> each.visit().toString().equals(id))
                .findFirst()
                .map(this::shown);
    }

    /// The visit a second tap of the day belongs to.
    Optional<VisitStanding> visitOf(PatientId patient, LocalDate date) {
        Set<PatientId> person = people.of(patient);
        return standings.stream()
                .filter(visit -> visit.treatmentDate().equals(date) && person.contains(visit.patient()))
                .findFirst();
    }

    /// The same for a patient id from outside, which may be anything.
    Optional<DeskVisit> visitOfNamed(String patient, LocalDate date) {
        return standings.stream()
                .filter(visit -> visit.treatmentDate().equals(date)
                        && people.of(visit.patient()).stream()
                                .anyMatch(each -> each.toString().equals(patient)))
                .findFirst()
                .map(this::shown);
    }

    boolean wasSeenInMonth(PatientId patient) {
        Set<PatientId> person = people.of(patient);
        return standings.stream().anyMatch(visit -> visit.month().equals(month) && person.contains(visit.patient()));
    }

    /// Whether the patient has a visit here. A join may outlive the visits it was made for.
    boolean knows(PatientId patient) {
        Set<PatientId> person = people.of(patient);
        return standings.stream().anyMatch(visit -> person.contains(visit.patient()));
    }

    Set<PatientId> person(PatientId patient) {
        return people.of(patient);
    }

    Optional<Fact> fact(FactId id) {
        return facts.stream().filter(fact -> fact.id().equals(id)).findFirst();
    }

    /// All facts that join these two, oldest month first: a join carried over is a fact of its own.
    List<Fact.PatientsJoined> joinsOf(PatientId a, PatientId b) {
        return joins(people.of(a)).stream()
                .filter(join -> Set.of(join.a(), join.b()).equals(Set.of(a, b)))
                .sorted(Comparator.comparing(join -> join.envelope().month()))
                .toList();
    }

    /// Joins of the month before that this month does not know yet: they would be forgotten with that month.
    List<Fact.PatientsJoined> joinsToCarryOver(PatientId patient) {
        Set<PatientId> person = people.of(patient);
        List<Fact.PatientsJoined> joins = joins(person);
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
        return standings.stream()
                .map(visit -> people.of(visit.patient()))
                .distinct()
                .map(this::known)
                .sorted(Comparator.comparing(KnownPatient::name, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
    }

    KnownPatient patient(PatientId patient) {
        return known(people.of(patient));
    }

    private KnownPatient known(Set<PatientId> person) {
        List<VisitStanding> visits = standings.stream()
                .filter(visit -> person.contains(visit.patient()))
                .sorted(Comparator.comparing(VisitStanding::treatmentDate))
                .toList();
        Optional<VisitStanding> open =
                visits.stream().filter(Book::isDeferredFirstVisit).findFirst();
        Optional<Proof> earlier = visits.stream()
                .flatMap(visit ->
                        Stream.ofNullable(visit.standing() instanceof Standing.Confirmed ? visit.proof() : null))
                .filter(proof -> proof.coverage() != null)
                .max(Comparator.comparing(Proof::asOf));
        VisitStanding last = visits.getLast();
        return new KnownPatient(
                last.patient(),
                name(person),
                last.treatmentDate(),
                checks(person).anyMatch(check -> check.evidence() instanceof Evidence.Card),
                open.map(VisitStanding::treatmentDate).orElse(null),
                earlier.orElse(null));
    }

    private static boolean isDeferredFirstVisit(VisitStanding visit) {
        return visit.kind() == VisitKind.INITIAL && visit.standing() instanceof Standing.Deferred;
    }

    private DeskVisit shown(VisitStanding visit) {
        Set<PatientId> person = people.of(visit.patient());
        List<Fact.CheckRecorded> checks = checks(person)
                .filter(check -> check.visit().equals(visit.visit()))
                .toList();
        Set<CheckId> answered = answers(person).map(Fact.AnswerReceived::check).collect(Collectors.toUnmodifiableSet());
        DueState due = DueState.of(visit, today, DueState.FILING_DAY);
        Proof proof = visit.proof();
        Answer said = said(visit, person);
        return new DeskVisit(
                clinic,
                visit,
                person,
                name(person),
                proof == null ? null : proof.insured(),
                checks.getFirst().envelope().capturedAt(),
                checks,
                joins(person),
                answered,
                denial(visit, person),
                said,
                due,
                checks.stream().noneMatch(check -> view.unacknowledged().contains(check.id())),
                NextStep.of(visit, said, due, connected));
    }

    private @Nullable Answer said(VisitStanding visit, Set<PatientId> person) {
        Proof proof = visit.proof();
        return proof == null || !(visit.standing() instanceof Standing.Refused)
                ? null
                : answers(person)
                        .filter(said -> said.check().equals(proof.check())
                                && said.answer().isNegative())
                        .max(Comparator.comparing(Fact.AnswerReceived::answeredAt)
                                .thenComparing(Fact.AnswerReceived::id))
                        .map(Fact.AnswerReceived::answer)
                        .orElse(null);
    }

    private @Nullable CheckId denial(VisitStanding visit, Set<PatientId> person) {
        Proof proof = visit.proof();
        if (visit.standing() instanceof Standing.Refused && proof != null) {
            return proof.check();
        }
        return answers(person)
                .filter(said -> said.answer().isNegative() && said.asOf().equals(visit.treatmentDate()))
                .max(Comparator.comparing(Fact.AnswerReceived::answeredAt).thenComparing(Fact.AnswerReceived::check))
                .map(Fact.AnswerReceived::check)
                .orElse(null);
    }

    private @Nullable String name(Set<PatientId> person) {
        Optional<String> official = answers(person)
                .filter(said -> said.answer() instanceof Answer.Valid)
                .max(Comparator.comparing(Fact.AnswerReceived::answeredAt))
                .map(said -> ((Answer.Valid) said.answer()).insured().name());
        return official.or(() -> checks(person)
                        .flatMap(check -> Stream.ofNullable(check.patientName()))
                        .reduce((_, later) -> later))
                .orElse(null);
    }

    private Stream<Fact.CheckRecorded> checks(Set<PatientId> person) {
        return of(person, Fact.CheckRecorded.class);
    }

    private Stream<Fact.AnswerReceived> answers(Set<PatientId> person) {
        return of(person, Fact.AnswerReceived.class);
    }

    private List<Fact.PatientsJoined> joins(Set<PatientId> person) {
        return facts.stream()
                .filter(Fact.PatientsJoined.class::isInstance)
                .map(Fact.PatientsJoined.class::cast)
                .filter(join -> person.contains(join.a()))
                .toList();
    }

    private <F extends Fact> Stream<F> of(Set<PatientId> person, Class<F> kind) {
        return facts.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(fact -> person.contains(fact.envelope().patient()));
    }
}
