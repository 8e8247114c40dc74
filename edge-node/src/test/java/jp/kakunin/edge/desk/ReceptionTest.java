package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.edge.exchange.ConnectionState;
import jp.kakunin.edge.reader.CardReading;
import jp.kakunin.edge.reader.CardRequest;
import jp.kakunin.edge.reader.ReaderFault;
import jp.kakunin.edge.reader.ReaderState;
import jp.kakunin.edge.store.NewFact;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ReceptionTest {
    private final DeskFixture desk = new DeskFixture();

    @Test
    void a_card_on_the_reader_shows_the_tries_left_before_a_pin_is_asked_for() {
        desk.reader.triesLeft = 2;

        desk.reader.put(DeskFixture.CARD_A);

        assertThat(desk.reception.tapDesk().tap())
                .isEqualTo(new Tap.Ready(
                        2,
                        TreatmentMonth.dateAt(DeskFixture.CARD_A.notBefore()),
                        TreatmentMonth.dateAt(DeskFixture.CARD_A.notAfter())));
    }

    @Test
    void a_tap_is_recorded_live_with_its_sealed_evidence_and_waits() {
        desk.tap(DeskFixture.CARD_A);

        NewFact recorded = desk.edge.recorded.getFirst();
        assertThat(recorded.live()).isTrue();
        assertThat(recorded.attachment()).isEqualTo(DeskFixture.CARD_A.der());
        assertThat(desk.onlyVisit().judged().standing()).isEqualTo(new Standing.Waiting());
        assertThat(desk.onlyVisit().judged().kind()).isEqualTo(VisitKind.INITIAL);
    }

    @Test
    void the_card_signs_check_clinic_and_treatment_date() {
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);

        assertThat(desk.reader.requests.getFirst())
                .isInstanceOfSatisfying(
                        CardRequest.WithPin.class,
                        request -> assertThat(request.toSign())
                                .singleElement()
                                .extracting(String::new)
                                .isEqualTo(tap.check() + "1380000016" + "2026-11-20"));
    }

    @Test
    void a_visual_check_is_recorded_as_such() {
        desk.reader.put(DeskFixture.CARD_A);

        desk.commands.check(Map.of("method", "visual"), new char[0]).join();

        assertThat(desk.edge.checks().getFirst().evidence())
                .isInstanceOfSatisfying(
                        Evidence.Card.class,
                        card -> assertThat(card.verification()).isEqualTo(Evidence.Verification.VISUAL));
    }

    @Test
    void a_second_tap_of_the_day_is_a_new_check_of_the_same_visit() {
        Tap.Recorded first = desk.tap(DeskFixture.CARD_A);

        Tap.Recorded second = desk.tap(DeskFixture.CARD_A);

        assertThat(second.visit()).isEqualTo(first.visit());
        assertThat(second.check()).isNotEqualTo(first.check());
        assertThat(desk.onlyVisit().checks()).hasSize(2);
    }

    @Test
    void a_visit_on_another_day_of_the_month_is_a_repeat() {
        desk.tap(DeskFixture.CARD_A);
        desk.later(3);

        desk.tap(DeskFixture.CARD_A);

        assertThat(desk.edge.checks())
                .extracting(Fact.CheckRecorded::kind)
                .containsExactly(VisitKind.INITIAL, VisitKind.REPEAT);
    }

    @Test
    void the_kind_can_be_chosen() {
        desk.reader.put(DeskFixture.CARD_A);

        desk.commands
                .check(Map.of("method", "visual", "kind", "REPEAT"), new char[0])
                .join();

        assertThat(desk.onlyVisit().judged().kind()).isEqualTo(VisitKind.REPEAT);
    }

    @Test
    void two_cards_are_two_patients_and_the_same_card_is_another_patient_at_another_clinic() {
        Clinic here = DeskFixture.clinic(DeskFixture.CLINIC, "a");
        Clinic there = DeskFixture.clinic(DeskFixture.OTHER_CLINIC, "b");

        assertThat(here.patientOf(DeskFixture.CARD_A)).isEqualTo(here.patientOf(DeskFixture.CARD_A));
        assertThat(here.patientOf(DeskFixture.CARD_A)).isNotEqualTo(here.patientOf(DeskFixture.CARD_B));
        assertThat(here.patientOf(DeskFixture.CARD_A)).isNotEqualTo(there.patientOf(DeskFixture.CARD_A));
    }

    @Test
    void an_answer_that_arrives_turns_the_panel_from_waiting_to_valid() {
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        assertThat(asking()).isEqualTo(Tap.Asking.ASKED);

        desk.answerValid(tap.check(), "田中 一郎");

        assertThat(asking()).isEqualTo(Tap.Asking.ANSWERED);
        assertThat(desk.onlyVisit().judged().standing()).isEqualTo(new Standing.Confirmed(Standing.By.CARD));
        assertThat(desk.onlyVisit().name()).isEqualTo("田中 一郎");
    }

    @Test
    void an_answer_that_arrives_while_the_panel_looks_is_seen() {
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        CompletableFuture<@Nullable Void> disk = new CompletableFuture<>();
        desk.edge.disk = disk;
        desk.edge.send();
        desk.answerValid(tap.check(), "田中 一郎");

        disk.complete(null);

        assertThat(asking()).isEqualTo(Tap.Asking.ANSWERED);
    }

    @Test
    void no_answer_after_a_while_is_said_and_changes_no_standing() {
        desk.tap(DeskFixture.CARD_A);

        List.copyOf(desk.timers).forEach(Runnable::run);

        assertThat(asking()).isEqualTo(Tap.Asking.NO_ANSWER);
        assertThat(desk.onlyVisit().judged().standing()).isEqualTo(new Standing.Waiting());
    }

    @Test
    void offline_a_check_could_not_be_asked_until_the_line_is_back() {
        desk.edge.connection(new ConnectionState.Offline(DeskFixture.MORNING, ConnectionState.Cause.DNS));
        desk.tap(DeskFixture.CARD_A);
        assertThat(asking()).isEqualTo(Tap.Asking.COULD_NOT_ASK);

        desk.edge.connection(new ConnectionState.Connected(DeskFixture.MORNING));

        assertThat(asking()).isEqualTo(Tap.Asking.ASKED);
    }

    @Test
    void a_wrong_pin_records_nothing_and_tells_what_is_left() {
        desk.reader.put(DeskFixture.CARD_A);
        desk.reader.willEndWith(new CardReading.WrongPin(2));

        Outcome<Tap> outcome = desk.tap();

        assertThat(outcome).isEqualTo(Outcome.done(new Tap.WrongPin(2)));
        assertThat(desk.edge.recorded).isEmpty();
    }

    @Test
    void a_card_taken_away_after_a_wrong_pin_leaves_an_empty_panel_that_tells_what_it_has_left() {
        desk.reader.put(DeskFixture.CARD_A);
        desk.reader.willEndWith(new CardReading.WrongPin(2));
        desk.tap();

        desk.reader.remove();
        assertThat(desk.reception.tapDesk().tap()).isEqualTo(new Tap.NoCard(ReaderState.EMPTY, 2));
        desk.reader.become(ReaderState.NO_READER);
        desk.reader.become(ReaderState.EMPTY);
        assertThat(desk.reception.tapDesk().tap()).isEqualTo(new Tap.NoCard(ReaderState.EMPTY, 2));

        desk.reader.put(DeskFixture.CARD_B);
        desk.reader.remove();
        assertThat(desk.reception.tapDesk().tap()).isEqualTo(new Tap.NoCard(ReaderState.EMPTY));
    }

    @Test
    void a_pin_of_other_than_four_digits_never_reaches_the_card() {
        desk.reader.put(DeskFixture.CARD_A);

        Outcome<Tap> outcome = desk.commands
                .check(Map.of("method", "pin"), "12a4".toCharArray())
                .join();

        assertThat(outcome).isEqualTo(Outcome.refused(Problem.PIN_NOT_FOUR_DIGITS));
        assertThat(desk.reader.requests).isEmpty();
    }

    @Test
    void the_typed_pin_is_overwritten_whatever_happens() {
        char[] pin = "1234".toCharArray();
        char[] refused = "12345".toCharArray();

        desk.commands.check(Map.of("method", "pin"), pin).join();
        desk.commands.check(Map.of("method", "unknown"), refused).join();

        assertThat(pin).containsOnly('\0');
        assertThat(refused).containsOnly('\0');
    }

    @Test
    void while_one_card_is_read_another_reading_is_refused() {
        desk.reader.put(DeskFixture.CARD_A);
        CompletableFuture<CardReading> held = desk.reader.hold();
        var first = desk.commands.check(Map.of("method", "visual"), new char[0]);

        Outcome<Tap> second = desk.tap();

        assertThat(second).isEqualTo(Outcome.refused(Problem.READING_ALREADY));
        assertThat(desk.reception.tapDesk().tap()).isEqualTo(new Tap.Reading());
        held.complete(new CardReading.Failed(ReaderFault.CARD_PULLED, "SCardTransmit"));
        assertThat(first.join()).isEqualTo(Outcome.done(new Tap.Unreadable(ReaderFault.CARD_PULLED, "SCardTransmit")));
    }

    @Test
    void a_result_stays_when_the_card_is_taken_away_and_goes_with_the_next_card() {
        desk.tap(DeskFixture.CARD_A);

        desk.reader.remove();
        assertThat(desk.reception.tapDesk().tap()).isInstanceOf(Tap.Recorded.class);

        desk.reader.put(DeskFixture.CARD_B);
        assertThat(desk.reception.tapDesk().tap()).isInstanceOf(Tap.Ready.class);
    }

    @Test
    void the_next_patient_puts_the_result_away() {
        desk.tap(DeskFixture.CARD_A);
        desk.reader.remove();

        desk.reception.tapDesk().next();

        assertThat(desk.reception.tapDesk().tap()).isEqualTo(new Tap.NoCard(ReaderState.EMPTY));
    }

    @Test
    void a_check_that_is_not_on_disk_is_not_called_recorded() {
        desk.edge.broken = new IllegalStateException("disk gone");
        desk.reader.put(DeskFixture.CARD_A);

        assertThat(desk.tap()).isEqualTo(Outcome.done(new Tap.NotRecorded(Problem.STORE_FAILED)));
    }

    @Test
    void facts_say_when_the_clock_was_doubtful() {
        desk.edge.clockDoubtful = true;

        desk.tap(DeskFixture.CARD_A);

        assertThat(desk.edge.checks().getFirst().envelope().clockDoubtful()).isTrue();
    }

    private Tap.@Nullable Asking asking() {
        return desk.reception.tapDesk().tap() instanceof Tap.Recorded recorded ? recorded.asking() : null;
    }
}
