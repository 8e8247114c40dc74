package jp.kakunin.edge.desk;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.EffectiveFacts;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.ProofNumber;
import jp.kakunin.domain.Reconciliation;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.domain.VisitStanding.Proof;
import org.jspecify.annotations.Nullable;

/// One patient, by whichever ids, with the visits of a month and the one before, judged. Nothing but the facts goes in,
/// so it stays true until one is added.
final class Person {
    private final Set<PatientId> ids;
    private final TreatmentMonth month;
    private final List<Fact> recorded;
    private final List<Fact> facts;
    private final List<VisitStanding> visits;

    /// @param recorded all facts about the person, those taken back among them
    Person(Set<PatientId> ids, TreatmentMonth month, List<Fact> recorded) {
        this.ids = Set.copyOf(ids);
        this.month = month;
        this.recorded = List.copyOf(recorded);
        facts = EffectiveFacts.of(recorded);
        visits = Stream.of(month.previous(), month)
                .flatMap(each -> Reconciliation.judge(each, recorded).stream())
                .toList();
    }

    /// Whether one made of these would say the same.
    boolean isOf(Set<PatientId> otherIds, TreatmentMonth otherMonth, List<Fact> otherRecorded) {
        return ids.equals(otherIds) && month.equals(otherMonth) && recorded.equals(otherRecorded);
    }

    Set<PatientId> ids() {
        return ids;
    }

    /// Without those that were taken back.
    List<Fact> facts() {
        return facts;
    }

    /// By month, then date.
    List<VisitStanding> visits() {
        return visits;
    }

    boolean wasSeenInMonth() {
        return visits.stream().anyMatch(visit -> visit.month().equals(month));
    }

    List<Fact.PatientsJoined> joins() {
        return of(Fact.PatientsJoined.class).toList();
    }

    List<Fact.CheckRecorded> checksOf(VisitStanding visit) {
        return of(Fact.CheckRecorded.class)
                .filter(check -> check.visit().equals(visit.visit()))
                .toList();
    }

    /// The proof numbers of the checks that have an answer.
    Map<CheckId, ProofNumber> numbers() {
        return answers()
                .collect(Collectors.toUnmodifiableMap(
                        Fact.AnswerReceived::check, Fact.AnswerReceived::number, (first, _) -> first));
    }

    /// Some have kana alone at the authority.
    private static String called(Insured insured) {
        return insured.name().isBlank() ? insured.kana() : insured.name();
    }

    /// What the authority or the staff called the patient; null while neither did.
    @Nullable
    String name() {
        Optional<String> official = answers()
                .filter(said -> said.answer() instanceof Answer.Valid)
                .max(Comparator.comparing(Fact.AnswerReceived::answeredAt))
                .map(said -> called(((Answer.Valid) said.answer()).insured()));
        return official.or(() -> of(Fact.CheckRecorded.class)
                        .flatMap(check -> Stream.ofNullable(check.patientName()))
                        .reduce((_, later) -> later))
                .orElse(null);
    }

    /// Only of somebody with a visit.
    KnownPatient known() {
        List<VisitStanding> byDate = visits.stream()
                .sorted(Comparator.comparing(VisitStanding::treatmentDate))
                .toList();
        Optional<VisitStanding> open =
                byDate.stream().filter(Person::isDeferredFirstVisit).findFirst();
        Optional<Proof> earlier = byDate.stream()
                .flatMap(visit ->
                        Stream.ofNullable(visit.standing() instanceof Standing.Confirmed ? visit.proof() : null))
                .filter(proof -> proof.coverage() != null)
                .max(Comparator.comparing(Proof::asOf));
        VisitStanding last = byDate.getLast();
        return new KnownPatient(
                last.patient(),
                name(),
                last.treatmentDate(),
                checksOf(last).getFirst().envelope().capturedAt(),
                of(Fact.CheckRecorded.class).anyMatch(check -> check.evidence() instanceof Evidence.Card),
                open.map(VisitStanding::treatmentDate).orElse(null),
                earlier.orElse(null));
    }

    /// The answer behind a refused visit.
    @Nullable
    Answer said(VisitStanding visit) {
        Proof proof = visit.proof();
        return proof == null || !(visit.standing() instanceof Standing.Refused)
                ? null
                : answers()
                        .filter(said -> said.check().equals(proof.check())
                                && said.answer().isNegative())
                        .max(Comparator.comparing(Fact.AnswerReceived::answeredAt)
                                .thenComparing(Fact.AnswerReceived::id))
                        .map(Fact.AnswerReceived::answer)
                        .orElse(null);
    }

    /// The check to which the authority said no for the day of the visit.
    @Nullable
    CheckId denial(VisitStanding visit) {
        Proof proof = visit.proof();
        if (visit.standing() instanceof Standing.Refused && proof != null) {
            return proof.check();
        }
        return answers()
                .filter(said -> said.answer().isNegative() && said.asOf().equals(visit.treatmentDate()))
                .max(Comparator.comparing(Fact.AnswerReceived::answeredAt).thenComparing(Fact.AnswerReceived::check))
                .map(Fact.AnswerReceived::check)
                .orElse(null);
    }

    private static boolean isDeferredFirstVisit(VisitStanding visit) {
        return visit.kind() == VisitKind.INITIAL && visit.standing() instanceof Standing.Deferred;
    }

    private Stream<Fact.AnswerReceived> answers() {
        return of(Fact.AnswerReceived.class);
    }

    private <F extends Fact> Stream<F> of(Class<F> kind) {
        return facts.stream().filter(kind::isInstance).map(kind::cast);
    }
}
