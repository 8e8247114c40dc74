package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.DueState;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitStanding;
import org.junit.jupiter.api.Test;

final class WithoutCardTest {
    private final DeskFixture desk = new DeskFixture();

    @Test
    void nothing_is_recorded_for_a_clinic_whose_declaration_has_ended() {
        desk.edge.ended = Set.of(DeskFixture.CLINIC);

        assertThat(desk.commands.defer(Map.of("patientName", "山田 花子")).join())
                .isEqualTo(new Outcome.Refused<>(Problem.CLINIC_ENDED));
        desk.reader.put(DeskFixture.CARD_A);
        assertThat(desk.tap()).isEqualTo(new Outcome.Refused<>(Problem.CLINIC_ENDED));
        assertThat(desk.edge.recorded).isEmpty();
    }

    @Test
    void two_card_patients_without_a_name_are_told_apart_by_the_time_of_their_visit() {
        desk.tap(DeskFixture.CARD_A);
        desk.edge.now = desk.edge.now.plusSeconds(600);
        desk.tap(DeskFixture.CARD_B);

        assertThat(desk.book().patients()).extracting(KnownPatient::arrivedAt).doesNotHaveDuplicates();
    }

    @Test
    void a_first_visit_without_card_is_deferred_to_the_end_of_its_month() {
        desk.commands.defer(Map.of("patientName", " 山田　花子 ")).join();

        DeskVisit visit = desk.onlyVisit();
        assertThat(visit.judged().standing()).isEqualTo(new Standing.Deferred());
        assertThat(visit.due()).isEqualTo(DueState.BEFORE_DUE);
        assertThat(visit.judged().month().due()).isEqualTo(LocalDate.of(2026, 11, 30));
        assertThat(visit.next()).isEqualTo(NextStep.CONFIRM_BY_DUE);
        assertThat(visit.name()).isEqualTo("山田　花子");
    }

    @Test
    void a_deferred_visit_is_late_after_its_month_and_later_after_the_filing_day() {
        desk.commands.defer(Map.of("patientName", "山田 花子")).join();

        desk.later(13);
        assertThat(dueOn(DeskFixture.TODAY)).isEqualTo(DueState.OVERDUE);
        desk.later(10);
        assertThat(dueOn(DeskFixture.TODAY)).isEqualTo(DueState.FILING_MISSED);
    }

    @Test
    void after_the_tap_a_first_visit_by_name_is_offered_and_joined_it_is_confirmed() {
        desk.commands.defer(Map.of("patientName", "山田 花子")).join();
        PatientId byName = desk.onlyVisit().judged().patient();
        desk.later(4);
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        PatientId byCard = desk.edge.check(tap.check()).envelope().patient();
        assertThat(desk.book().patients())
                .filteredOn(KnownPatient::isToBeJoined)
                .extracting(KnownPatient::patient)
                .containsExactly(byName);

        desk.commands
                .join(Map.of("a", byCard.toString(), "b", byName.toString()))
                .join();
        desk.answerValid(tap.check(), "山田 花子");

        assertThat(desk.book().on(DeskFixture.TODAY))
                .extracting(visit -> visit.judged().standing())
                .containsExactly(new Standing.Confirmed(Standing.By.CARD));
        assertThat(desk.book().patients()).noneMatch(KnownPatient::isToBeJoined);
    }

    @Test
    void a_join_is_filed_again_when_the_patient_comes_in_a_newer_month() {
        desk.commands.defer(Map.of("patientName", "山田 花子")).join();
        PatientId byName = desk.onlyVisit().judged().patient();
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        PatientId byCard = desk.edge.check(tap.check()).envelope().patient();
        desk.commands
                .join(Map.of("a", byCard.toString(), "b", byName.toString()))
                .join();
        desk.later(14);

        desk.tap(DeskFixture.CARD_A);
        desk.tap(DeskFixture.CARD_A);

        assertThat(desk.edge.of(Fact.PatientsJoined.class))
                .extracting(join -> join.envelope().month())
                .containsExactly(TreatmentMonth.of(2026, 11), TreatmentMonth.of(2026, 12));
    }

    @Test
    void an_undone_join_parts_the_patients_again_and_undoing_that_joins_them() {
        desk.commands.defer(Map.of("patientName", "山田 花子")).join();
        PatientId byName = desk.onlyVisit().judged().patient();
        PatientId byCard =
                desk.edge.check(desk.tap(DeskFixture.CARD_A).check()).envelope().patient();
        String join = done(desk.commands
                .join(Map.of("a", byCard.toString(), "b", byName.toString()))
                .join());

        String withdrawal = done(desk.commands.withdraw(Map.of("fact", join)).join());
        assertThat(desk.book().person(byCard)).containsExactly(byCard);

        done(desk.commands
                .withdraw(Map.of("fact", withdrawal, "reason", "UNDONE"))
                .join());
        assertThat(desk.book().person(byCard)).contains(byName);
    }

    @Test
    void an_undone_join_is_undone_in_the_month_it_was_carried_over_to_as_well() {
        desk.commands.defer(Map.of("patientName", "山田 花子")).join();
        PatientId byName = desk.onlyVisit().judged().patient();
        PatientId byCard =
                desk.edge.check(desk.tap(DeskFixture.CARD_A).check()).envelope().patient();
        String join = done(desk.commands
                .join(Map.of("a", byCard.toString(), "b", byName.toString()))
                .join());
        desk.later(14);
        desk.tap(DeskFixture.CARD_A);
        assertThat(desk.edge.of(Fact.PatientsJoined.class)).hasSize(2);

        String withdrawal = done(desk.commands.withdraw(Map.of("fact", join)).join());

        assertThat(desk.book().person(byCard)).containsExactly(byCard);
        assertThat(desk.edge.of(Fact.FactWithdrawn.class))
                .extracting(withdrawn -> withdrawn.envelope().month())
                .containsExactly(TreatmentMonth.of(2026, 11), TreatmentMonth.of(2026, 12));
        done(desk.commands
                .withdraw(Map.of("fact", withdrawal, "reason", "UNDONE"))
                .join());
        assertThat(desk.book().person(byCard)).contains(byName);
    }

    @Test
    void a_repeat_patient_is_attested_on_an_earlier_result() {
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        desk.answerValid(tap.check(), "田中 一郎");
        PatientId patient = desk.onlyVisit().judged().patient();
        desk.later(5);

        desk.commands
                .attest(Map.of("patient", patient.toString(), "basis", "shown"))
                .join();

        assertThat(desk.edge.checks().getLast().evidence())
                .isEqualTo(new Evidence.Oral(
                        new Evidence.Basis.Shown(tap.check(), DeskFixture.TODAY, DeskFixture.COVERAGE.digest()),
                        Evidence.Reason.NO_CARD));
    }

    @Test
    void without_an_earlier_result_the_basis_can_only_be_the_own_record() {
        var shown = desk.commands
                .attest(Map.of("patientName", "高橋 四郎", "basis", "shown"))
                .join();
        var own = desk.commands
                .attest(Map.of("patientName", "高橋 四郎", "basis", "own_record"))
                .join();

        assertThat(shown).isEqualTo(Outcome.refused(Problem.NO_EARLIER_RESULT));
        assertThat(own).isInstanceOf(Outcome.Done.class);
        assertThat(desk.onlyVisit().judged().standing())
                .isEqualTo(new Standing.Attested(new Evidence.Basis.OwnRecord()));
    }

    @Test
    void a_first_visit_cannot_be_attested_orally() {
        desk.tap(DeskFixture.CARD_A);
        PatientId patient = desk.onlyVisit().judged().patient();

        var outcome =
                desk.commands.attest(Map.of("patient", patient.toString())).join();

        assertThat(outcome).isEqualTo(Outcome.refused(Problem.ORAL_NEEDS_REPEAT_VISIT));
    }

    @Test
    void a_document_after_a_negative_answer_is_recorded_despite_it() {
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        desk.edge.answer(tap.check(), new Answer.NotFound());
        assertThat(desk.onlyVisit().judged().standing()).isEqualTo(new Standing.Refused());

        Map<String, String> form = new HashMap<>(Map.of(
                "visit", tap.visit().toString(),
                "document", "ELIGIBILITY_CERTIFICATE",
                "reason", "ANSWER_NEGATIVE"));
        assertThat(desk.commands.accept(form).join()).isEqualTo(Outcome.refused(Problem.DENIAL_NOT_SEEN));
        assertThat(desk.edge.checks()).hasSize(1);
        form.put("despite", tap.check().toString());
        done(desk.commands.accept(form).join());

        assertThat(desk.edge.checks().getLast().despite()).isEqualTo(tap.check());
        assertThat(desk.onlyVisit().judged().standing())
                .isEqualTo(new Standing.Confirmed(Standing.By.DOCUMENT_DESPITE));
    }

    @Test
    void a_document_brought_later_confirms_the_earlier_visit() {
        desk.commands.defer(Map.of("patientName", "山田 花子")).join();
        VisitStanding deferred = desk.onlyVisit().judged();
        desk.later(6);

        desk.commands
                .accept(Map.of(
                        "visit", deferred.visit().toString(),
                        "document", "ELIGIBILITY_CERTIFICATE",
                        "insurer", DeskFixture.COVERAGE.insurer().digits(),
                        "number", "567",
                        "copayPercent", "30",
                        "from", "2025-04-01"))
                .join();

        assertThat(desk.book().on(DeskFixture.TODAY))
                .extracting(visit -> visit.judged().standing())
                .containsExactly(new Standing.Confirmed(Standing.By.DOCUMENT));
    }

    @Test
    void a_notice_without_the_card_is_refused() {
        var outcome = desk.commands
                .accept(Map.of("patientName", "山田 花子", "document", "ELIGIBILITY_NOTICE", "reason", "NO_CARD"))
                .join();

        assertThat(outcome).isEqualTo(Outcome.refused(Problem.DOCUMENT_NEEDS_CARD));
    }

    @Test
    void a_document_that_is_not_valid_on_the_day_of_treatment_is_refused() {
        Map<String, String> document = new HashMap<>(Map.of(
                "patientName", "山田 花子", "document", "ELIGIBILITY_CERTIFICATE", "insurer", "33120015", "number", "5"));
        document.putAll(Map.of("copayPercent", "30", "from", "2026-04-01", "until", "2026-11-19"));

        assertThat(desk.commands.accept(document).join()).isEqualTo(Outcome.refused(Problem.NOT_IN_FORCE));
        document.put("until", "2026-11-20");
        assertThat(desk.commands.accept(document).join()).isInstanceOf(Outcome.Done.class);

        document.put("patient", desk.onlyVisit().judged().patient().toString());
        desk.later(1);
        assertThat(desk.commands.accept(document).join()).isEqualTo(Outcome.refused(Problem.NOT_IN_FORCE));
    }

    @Test
    void a_patient_of_whom_only_a_join_is_left_is_unknown() {
        desk.commands.defer(Map.of("patientName", "山田 花子")).join();
        Fact.CheckRecorded byName = desk.edge.checks().getFirst();
        Fact.CheckRecorded byCard = desk.edge.check(desk.tap(DeskFixture.CARD_A).check());
        String patient = byCard.envelope().patient().toString();
        done(desk.commands
                .join(Map.of("a", patient, "b", byName.envelope().patient().toString()))
                .join());
        for (Fact.CheckRecorded check : desk.edge.checks()) {
            done(desk.commands.withdraw(Map.of("fact", check.id().toString())).join());
        }

        assertThat(desk.commands.attest(Map.of("patient", patient)).join())
                .isEqualTo(Outcome.refused(Problem.PATIENT_UNKNOWN));
    }

    @Test
    void what_the_hub_said_cannot_be_withdrawn() {
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        desk.answerValid(tap.check(), "田中 一郎");
        String answer = desk.edge.of(Fact.AnswerReceived.class).getFirst().id().toString();

        assertThat(desk.commands.withdraw(Map.of("fact", answer)).join())
                .isEqualTo(Outcome.refused(Problem.FACT_UNKNOWN));
    }

    private DueState dueOn(LocalDate date) {
        return desk.reception
                .book(DeskFixture.CLINIC, date)
                .join()
                .on(date)
                .getFirst()
                .due();
    }

    private static <T> String done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value.toString();
            case Outcome.Refused<T>(Problem problem) -> throw new AssertionError(problem);
        };
    }
}
