package jp.kakunin.load.simulation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Evidence.DocumentKind;
import jp.kakunin.domain.Evidence.Reason;
import jp.kakunin.domain.Evidence.Verification;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.AnswerReceived;
import jp.kakunin.domain.Fact.CheckRecorded;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.Fact.EvidenceFoundUnusable;
import jp.kakunin.domain.Fact.FactWithdrawn;
import jp.kakunin.domain.Fact.PatientsJoined;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.edge.store.NewFact;
import org.jspecify.annotations.Nullable;

/// What patients and staff do, drawn by dice and by what the edge in front of them knows.
final class FrontDesk {
    private final Dice dice;
    private final Town town;
    private final Poison poison;
    private final Happenings happenings;

    FrontDesk(Dice dice, Town town, Poison poison, Happenings happenings) {
        this.dice = dice;
        this.town = town;
        this.poison = poison;
        this.happenings = happenings;
    }

    /// One visit, correction or tap.
    void serve(SimulatedEdge edge) {
        InstitutionCode clinic = dice.pick(edge.clinics());
        LocalDate date = treatmentDate(edge);
        switch (dice.upTo(19)) {
            case 0, 1, 2, 3, 4, 5 -> tap(edge, clinic, date);
            case 6, 7, 8 -> deferred(edge, clinic, date);
            case 9 -> oral(edge, clinic, date);
            case 10, 11 -> document(edge, clinic, date);
            case 12 -> join(edge, clinic, date);
            case 13, 14 -> withdraw(edge, clinic, date);
            case 15, 16 -> tapLater(edge, clinic, date);
            case 17 -> refer(edge, clinic, date);
            case 18 -> poisoned(edge, clinic, date);
            default -> despite(edge, clinic, date);
        }
    }

    /// On the last evening somebody remembers a visit of the month that closes at midnight.
    void writeDownLate(SimulatedEdge edge) {
        deferred(edge, dice.pick(edge.clinics()), edge.today().minusMonths(1));
    }

    /// Mostly today, sometimes written down late.
    private LocalDate treatmentDate(SimulatedEdge edge) {
        LocalDate today = edge.today();
        if (dice.chance(0.85)) {
            return today;
        }
        return dice.chance(0.5) ? today.minusMonths(1) : today.minusDays(dice.between(1, 40));
    }

    private void tap(SimulatedEdge edge, InstitutionCode clinic, LocalDate date) {
        int person = dice.upTo(town.people() - 1);
        tap(edge, Town.patient(clinic, person), person, edge.ids().visit(), kind(), date, clinic, null);
        happenings.count(Happening.TAP);
    }

    private void tap(
            SimulatedEdge edge,
            PatientId patient,
            int person,
            VisitId visit,
            VisitKind kind,
            LocalDate date,
            InstitutionCode clinic,
            @Nullable CheckId replaces) {
        CheckId check = edge.ids().check();
        byte[] evidence = SimulatedAuthority.evidence(clinic, check, person);
        Evidence card = new Evidence.Card(dice.pick(Verification.PIN, Verification.VISUAL), Digest.of(evidence));
        CheckRecorded fact = new CheckRecorded(
                envelope(edge, clinic, patient, date), visit, check, kind, date, card, null, null, null, replaces);
        edge.record(List.of(new NewFact(fact, evidence, live())));
    }

    private void deferred(SimulatedEdge edge, InstitutionCode clinic, LocalDate date) {
        boolean known = dice.chance(0.3);
        PatientId patient = known
                ? Town.patient(clinic, dice.upTo(town.people() - 1))
                : edge.ids().patient();
        check(edge, clinic, patient, VisitKind.INITIAL, date, new Evidence.None(Reason.NO_CARD), null);
        happenings.count(Happening.DEFERRED);
    }

    private void oral(SimulatedEdge edge, InstitutionCode clinic, LocalDate date) {
        int person = dice.upTo(town.people() - 1);
        Optional<AnswerReceived> shown = answers(edge, clinic, date).stream()
                .filter(answer -> answer.answer().coverage() != null)
                .findAny();
        Evidence.Basis basis = shown.<Evidence.Basis>map(answer -> new Evidence.Basis.Shown(
                        answer.check(), answer.asOf(), town.shownBy(person).digest()))
                .orElse(new Evidence.Basis.OwnRecord());
        PatientId patient = shown.map(answer -> answer.envelope().patient()).orElse(Town.patient(clinic, person));
        check(edge, clinic, patient, VisitKind.REPEAT, date, new Evidence.Oral(basis, Reason.NO_CARD), null);
        happenings.count(Happening.ORAL);
    }

    private void document(SimulatedEdge edge, InstitutionCode clinic, LocalDate date) {
        int person = dice.upTo(town.people() - 1);
        check(edge, clinic, Town.patient(clinic, person), kind(), date, document(person), null);
        happenings.count(Happening.DOCUMENT);
    }

    /// The authority said no, but the patient shows a paper.
    private void despite(SimulatedEdge edge, InstitutionCode clinic, LocalDate date) {
        List<AnswerReceived> negative = answers(edge, clinic, date).stream()
                .filter(answer -> answer.answer().isNegative())
                .toList();
        if (!negative.isEmpty()) {
            AnswerReceived no = dice.pick(negative);
            check(edge, clinic, no.envelope().patient(), kind(), date, document(0), no.check());
            happenings.count(Happening.DESPITE);
        }
    }

    private Evidence document(int person) {
        return new Evidence.Document(
                dice.pick(DocumentKind.values()),
                dice.chance(0.7) ? town.shownBy(person) : null,
                dice.pick(Reason.READER_FAULT, Reason.NO_CARD, Reason.ANSWER_NEGATIVE));
    }

    private void check(
            SimulatedEdge edge,
            InstitutionCode clinic,
            PatientId patient,
            VisitKind kind,
            LocalDate date,
            Evidence evidence,
            @Nullable CheckId despite) {
        Integer copay = dice.chance(0.2) ? 10 * dice.between(1, 3) : null;
        CheckRecorded fact = new CheckRecorded(
                envelope(edge, clinic, patient, date),
                edge.ids().visit(),
                edge.ids().check(),
                kind,
                date,
                evidence,
                null,
                despite,
                copay,
                null);
        edge.record(List.of(new NewFact(fact, null, live())));
    }

    /// A patient without a card turns out to be one with a card, or another one without.
    private void join(SimulatedEdge edge, InstitutionCode clinic, LocalDate date) {
        List<CheckRecorded> checks = checks(edge, clinic, date);
        if (!checks.isEmpty()) {
            PatientId a = dice.pick(checks).envelope().patient();
            PatientId b = dice.chance(0.5)
                    ? dice.pick(checks).envelope().patient()
                    : Town.patient(clinic, dice.upTo(town.people() - 1));
            if (!a.equals(b)) {
                record(edge, new PatientsJoined(envelope(edge, clinic, a, date), a, b));
                happenings.count(Happening.JOIN);
            }
        }
    }

    private void withdraw(SimulatedEdge edge, InstitutionCode clinic, LocalDate date) {
        List<Fact> facts = edge.facts(clinic, TreatmentMonth.of(date)).stream()
                .filter(fact -> !fact.isFromHub())
                .toList();
        if (!facts.isEmpty()) {
            Fact target = dice.pick(facts);
            Envelope envelope = target.envelope().beside(edge.ids().fact(), edge.now(), edge.isClockDoubtful());
            record(edge, new FactWithdrawn(envelope, target.id(), dice.pick(Fact.WithdrawalReason.values())));
            happenings.count(Happening.WITHDRAWAL);
        }
    }

    /// The card for a visit that was deferred, or a second try.
    private void tapLater(SimulatedEdge edge, InstitutionCode clinic, LocalDate date) {
        List<CheckRecorded> checks = checks(edge, clinic, date);
        if (!checks.isEmpty()) {
            CheckRecorded earlier = dice.pick(checks);
            if (isTooOld(edge, clinic, earlier)) {
                happenings.count(Happening.TAP_AGAIN);
            }
            tap(
                    edge,
                    earlier.envelope().patient(),
                    dice.upTo(town.people() - 1),
                    earlier.visit(),
                    earlier.kind(),
                    earlier.treatmentDate(),
                    clinic,
                    dice.chance(0.2) ? earlier.check() : null);
            happenings.count(Happening.TAP_LATER);
        }
    }

    /// The authority wanted the patient present, and could not be asked while that was so.
    private static boolean isTooOld(SimulatedEdge edge, InstitutionCode clinic, CheckRecorded check) {
        return edge.facts(clinic, check.envelope().month()).stream()
                .anyMatch(fact -> fact instanceof EvidenceFoundUnusable found
                        && found.check().equals(check.check())
                        && found.flaw() == EvidenceFlaw.TOO_OLD);
    }

    private void refer(SimulatedEdge edge, InstitutionCode clinic, LocalDate date) {
        PatientId patient = Town.patient(clinic, dice.upTo(town.people() - 1));
        record(edge, new Fact.ReferenceSet(envelope(edge, clinic, patient, date), "K-" + dice.upTo(9)));
        happenings.count(Happening.REFERENCE);
    }

    private void poisoned(SimulatedEdge edge, InstitutionCode clinic, LocalDate date) {
        int person = dice.upTo(town.people() - 1);
        boolean future = dice.chance(0.2);
        LocalDate day = future ? date.plusDays(dice.between(60, 90)) : date;
        CheckRecorded fact = new CheckRecorded(
                envelope(edge, clinic, Town.patient(clinic, person), day),
                edge.ids().visit(),
                edge.ids().check(),
                VisitKind.REPEAT,
                day,
                new Evidence.None(Reason.OTHER),
                null,
                null,
                null,
                null);
        if (!future) {
            poison.put(
                    fact.id(),
                    switch (dice.upTo(3)) {
                        case 0 -> Poison.unreadable(fact);
                        case 1 -> Poison.unknownSchema(fact);
                        case 2 -> Poison.wrongClinic(fact);
                        default ->
                            Poison.forgedAnswer(fact, town, person, edge.ids().fact());
                    });
        }
        record(edge, fact);
    }

    private void record(SimulatedEdge edge, Fact fact) {
        edge.record(List.of(new NewFact(fact, null, live())));
    }

    private boolean live() {
        return dice.chance(0.6);
    }

    private VisitKind kind() {
        return dice.pick(VisitKind.values());
    }

    private List<CheckRecorded> checks(SimulatedEdge edge, InstitutionCode clinic, LocalDate date) {
        List<CheckRecorded> checks = new ArrayList<>();
        for (Fact fact : edge.facts(clinic, TreatmentMonth.of(date))) {
            if (fact instanceof CheckRecorded check) {
                checks.add(check);
            }
        }
        return checks;
    }

    private static List<AnswerReceived> answers(SimulatedEdge edge, InstitutionCode clinic, LocalDate date) {
        List<AnswerReceived> answers = new ArrayList<>();
        for (Fact fact : edge.facts(clinic, TreatmentMonth.of(date))) {
            if (fact instanceof AnswerReceived answer) {
                answers.add(answer);
            }
        }
        return answers;
    }

    private static Envelope envelope(SimulatedEdge edge, InstitutionCode clinic, PatientId patient, LocalDate date) {
        boolean doubtful = edge.isClockDoubtful();
        return new Envelope(edge.ids().fact(), clinic, patient, TreatmentMonth.of(date), edge.now(), doubtful);
    }
}
