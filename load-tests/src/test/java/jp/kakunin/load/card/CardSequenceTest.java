package jp.kakunin.load.card;

import static jp.kakunin.load.card.Conditions.awaitState;
import static jp.kakunin.load.card.Conditions.faultOf;
import static jp.kakunin.load.card.Conditions.join;
import static jp.kakunin.load.card.Conditions.read;
import static jp.kakunin.load.card.Conditions.triesLeft;
import static jp.kakunin.load.card.TestCards.PIN;
import static jp.kakunin.load.card.TestCards.card;
import static jp.kakunin.load.card.TestCards.verified;
import static jp.kakunin.load.card.TestCards.withPin;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.edge.reader.CardInspection;
import jp.kakunin.edge.reader.CardReading;
import jp.kakunin.edge.reader.CardRequest;
import jp.kakunin.edge.reader.CardTrouble;
import jp.kakunin.edge.reader.ExtendedApdu;
import jp.kakunin.edge.reader.PortCardReader;
import jp.kakunin.edge.reader.ReaderFault;
import jp.kakunin.edge.reader.ReaderOptions;
import jp.kakunin.edge.reader.ReaderOptions.ExtendedReads;
import jp.kakunin.edge.reader.ReaderState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardSequenceTest {
    private final InProcessReader slot = new InProcessReader("memory 00 00");
    private PortCardReader reader = start(ExtendedReads.NEVER);

    private PortCardReader start(ExtendedReads extended) {
        return PortCardReader.start(slot, new ReaderOptions("memory", extended, 1_000, 300, 5));
    }

    private void restart(ExtendedReads extended) {
        reader.close();
        reader = start(extended);
    }

    private VirtualCard insert(int triesLeft, CardFaults faults) {
        VirtualCard card = card(triesLeft, faults);
        slot.insert(card);
        awaitState(reader, ReaderState.CARD);
        return card;
    }

    private VirtualCard insert(CardFaults faults) {
        return insert(VirtualCard.TRIES_MAX, faults);
    }

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void a_card_with_the_right_pin_signs_what_it_is_given() {
        VirtualCard card = insert(CardFaults.NONE);

        CardReading reading = read(reader, withPin(PIN));

        assertThat(verified(reading)).isTrue();
        assertThat(card.verifies()).isEqualTo(1);
        assertThat(card.pinVerified()).isFalse();
    }

    @Test
    void for_two_clinics_the_pin_is_verified_once_and_the_card_signs_twice() {
        VirtualCard card = insert(CardFaults.NONE);

        CardReading reading = read(reader, TestCards.withPinForTwo(TestCards.PIN));

        assertThat(reading).isInstanceOfSatisfying(CardReading.Read.class, r -> {
            assertThat(r.signatures()).hasSize(2);
            assertThat(TestCards.verifies(r.certificate(), r.signatures().getFirst(), TestCards.MESSAGE))
                    .isTrue();
            assertThat(TestCards.verifies(r.certificate(), r.signatures().getLast(), TestCards.OTHER_MESSAGE))
                    .isTrue();
        });
        assertThat(card.verifies()).isEqualTo(1);
        assertThat(card.pinVerified()).isFalse();
    }

    @Test
    void a_visual_check_reads_the_certificate_and_never_touches_the_pin() {
        VirtualCard card = insert(CardFaults.NONE);

        CardReading reading = read(reader, new CardRequest.VisualCheck());

        assertThat(reading).isInstanceOfSatisfying(CardReading.Read.class, r -> {
            assertThat(r.signatures()).isEmpty();
            assertThat(r.certificate().serial())
                    .isEqualTo(TestCards.ONE.certificate().getSerialNumber());
        });
        assertThat(card.verifies()).isZero();
    }

    @Test
    void an_inspection_tells_tries_and_validity_without_a_pin() {
        VirtualCard card = insert(2, CardFaults.NONE);

        CardInspection inspection = join(reader.inspect());

        assertThat(inspection).isInstanceOfSatisfying(CardInspection.Inspected.class, i -> {
            assertThat(i.triesLeft()).isEqualTo(2);
            assertThat(i.certificate()).isNotNull();
        });
        assertThat(card.verifies()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = CardQuirk.class,
            names = {
                "REFUSES_EXTENDED",
                "ANSWERS_IN_PIECES",
                "NAMES_THE_LENGTH",
                "FIRST_COMMAND_FAILS",
                "BLOCKED_SAYS_6983",
                "BLOCKED_SAYS_6984",
                "COUNTER_SAYS_9000_WHEN_VERIFIED",
                "SELECT_KEEPS_PIN",
                "CERTIFICATE_NEEDS_PIN"
            })
    void every_peculiarity_of_a_card_is_survived(CardQuirk quirk) {
        for (ExtendedReads extended : ExtendedReads.values()) {
            restart(extended);
            VirtualCard card = insert(CardFaults.of(quirk).trailing(100));

            assertThat(verified(read(reader, withPin(PIN)))).as(extended.name()).isTrue();

            assertThat(card.verifies()).isEqualTo(1);
            slot.remove();
        }
    }

    @Test
    void all_peculiarities_together_are_survived() {
        restart(ExtendedReads.ALWAYS_TRY);
        insert(CardFaults.of(
                        CardQuirk.REFUSES_EXTENDED,
                        CardQuirk.ANSWERS_IN_PIECES,
                        CardQuirk.NAMES_THE_LENGTH,
                        CardQuirk.FIRST_COMMAND_FAILS,
                        CardQuirk.CERTIFICATE_NEEDS_PIN)
                .trailing(700));

        assertThat(verified(read(reader, withPin(PIN)))).isTrue();
    }

    @Test
    void a_card_without_long_answers_is_read_with_short_ones_and_the_reader_is_shown_so() {
        restart(ExtendedReads.ALWAYS_TRY);
        insert(CardFaults.of(CardQuirk.REFUSES_EXTENDED));

        assertThat(verified(read(reader, withPin(PIN)))).isTrue();
        VirtualCard second = insert(CardFaults.of(CardQuirk.REFUSES_EXTENDED));

        Conditions.await("capability shown", () -> reader.status().extended() == ExtendedApdu.NO);
        assertThat(verified(read(reader, withPin(PIN)))).isTrue();
        assertThat(second.verifies()).isEqualTo(1);
    }

    @Test
    void a_wrong_pin_is_tried_once_and_tells_the_tries_left() {
        VirtualCard card = insert(CardFaults.NONE);

        assertThat(read(reader, withPin("0000"))).isEqualTo(new CardReading.WrongPin(2));

        assertThat(card.verifies()).isEqualTo(1);
        assertThat(triesLeft(reader)).isEqualTo(2);
    }

    @Test
    void the_last_try_is_not_used_without_consent() {
        VirtualCard card = insert(1, CardFaults.NONE);

        assertThat(read(reader, withPin(PIN))).isEqualTo(new CardReading.LastTry());
        assertThat(card.verifies()).isZero();
        assertThat(verified(read(reader, TestCards.withPinOnLastTry(PIN)))).isTrue();
        assertThat(card.triesLeft()).isEqualTo(3);
    }

    @Test
    void the_last_try_gone_wrong_blocks_the_card() {
        VirtualCard card = insert(1, CardFaults.NONE);

        assertThat(read(reader, TestCards.withPinOnLastTry("0000"))).isEqualTo(new CardReading.PinBlocked());

        assertThat(card.triesLeft()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "BLOCKED_SAYS_6983", "BLOCKED_SAYS_6984"})
    void a_blocked_pin_is_seen_in_each_of_its_three_shapes(String quirk) {
        VirtualCard card = insert(0, quirk.isEmpty() ? CardFaults.NONE : CardFaults.of(CardQuirk.valueOf(quirk)));

        assertThat(read(reader, withPin(PIN))).isEqualTo(new CardReading.PinBlocked());
        assertThat(triesLeft(reader)).isZero();
        assertThat(card.verifies()).isZero();
    }

    @Test
    void another_card_is_called_so() {
        slot.insert(card(3, CardFaults.of(CardQuirk.FOREIGN)));

        awaitState(reader, ReaderState.NOT_A_MY_NUMBER_CARD);
        assertThat(faultOf(read(reader, withPin(PIN)))).isEqualTo(ReaderFault.NOT_A_MY_NUMBER_CARD);
    }

    @Test
    void a_certificate_file_with_something_else_is_refused_before_the_pin() {
        VirtualCard card = insert(CardFaults.of(CardQuirk.CERTIFICATE_IS_GARBAGE));

        assertThat(faultOf(read(reader, withPin(PIN)))).isEqualTo(ReaderFault.CERTIFICATE_UNREADABLE);
        assertThat(card.verifies()).isZero();
    }

    @Test
    void without_a_card_there_is_nothing_to_read() {
        awaitState(reader, ReaderState.EMPTY);

        assertThat(faultOf(read(reader, withPin(PIN)))).isEqualTo(ReaderFault.NO_CARD);
    }

    @Test
    void a_mute_card_is_given_up_and_its_thread_comes_back_when_it_is_taken_away() {
        VirtualCard card = insert(CardFaults.NONE);
        card.misbehave(CardFaults.NONE.muteAt(0));

        assertThat(faultOf(read(reader, withPin(PIN)))).isEqualTo(ReaderFault.READER_STUCK);
        slot.remove();

        Conditions.await("thread back", () -> reader.busyThreads() == 0);
        insert(CardFaults.NONE);
        assertThat(verified(read(reader, withPin(PIN)))).isTrue();
        assertThat(card.verifies()).isZero();
    }

    @Test
    void a_card_mute_from_the_start_is_shown_as_unreadable() {
        slot.insert(card(3, CardFaults.NONE.muteAt(0)));

        awaitState(reader, ReaderState.UNREADABLE);
    }

    @Test
    void threads_stuck_on_a_mute_card_are_limited_in_number() {
        VirtualCard card = insert(CardFaults.NONE.slow(1));
        card.misbehave(CardFaults.NONE.muteAt(0));

        List<CompletableFuture<CardReading>> readings = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            readings.add(reader.read(withPin(PIN)));
        }

        assertThat(reader.busyThreads()).isLessThanOrEqualTo(8);
        assertThat(readings.stream().map(Conditions::join).map(Conditions::faultOf))
                .containsOnly(ReaderFault.READER_STUCK);
        slot.remove();
        Conditions.await("threads back", () -> reader.busyThreads() == 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_card_torn_at_any_command_never_costs_a_second_try(boolean afterTheDeed) {
        int commands = commandsOfARead();
        for (int n = 0; n < commands; n++) {
            VirtualCard card = insert(CardFaults.NONE);
            Set<CardQuirk> quirks = afterTheDeed ? Set.of(CardQuirk.TORN_AFTER_THE_DEED) : Set.of();
            card.misbehave(new CardFaults(quirks, n, -1, 0, 0));

            CardReading reading = read(reader, withPin("0000"));

            assertThat(faultOf(reading)).isIn(ReaderFault.CARD_PULLED, ReaderFault.PIN_RESULT_UNKNOWN);
            assertThat(card.verifies()).isLessThanOrEqualTo(1);
            awaitState(reader, ReaderState.EMPTY);
        }
    }

    @Test
    void an_answer_lost_at_any_command_never_costs_a_second_try_and_the_card_is_asked_what_became_of_it() {
        int commands = commandsOfARead();
        for (int n = 0; n < commands; n++) {
            VirtualCard card = insert(CardFaults.NONE);
            card.misbehave(CardFaults.of(CardQuirk.TORN_BUT_STAYS, CardQuirk.TORN_AFTER_THE_DEED)
                    .tornAt(n));

            assertThat(read(reader, withPin("0000"))).as("lost at %d", n).isEqualTo(new CardReading.WrongPin(2));

            assertThat(card.verifies()).isEqualTo(1);
            slot.remove();
            awaitState(reader, ReaderState.EMPTY);
        }
    }

    @Test
    void a_right_pin_whose_answer_is_lost_is_reported_as_no_try_lost() {
        int verify = commandsOfARead() - 1;
        VirtualCard card = insert(CardFaults.NONE);
        card.misbehave(CardFaults.of(CardQuirk.TORN_BUT_STAYS, CardQuirk.TORN_AFTER_THE_DEED)
                .tornAt(verify));

        CardReading reading = read(reader, withPin(PIN));

        assertThat(reading).isInstanceOfSatisfying(CardReading.Failed.class, failed -> {
            assertThat(failed.fault()).isEqualTo(ReaderFault.UNREADABLE);
            assertThat(failed.detail()).startsWith("no try was lost");
        });
        assertThat(card.verifies()).isEqualTo(1);
    }

    private int commandsOfARead() {
        VirtualCard card = insert(CardFaults.NONE);
        card.misbehave(CardFaults.NONE);
        assertThat(read(reader, withPin("0000"))).isEqualTo(new CardReading.WrongPin(2));
        slot.remove();
        awaitState(reader, ReaderState.EMPTY);
        return card.apdus();
    }

    @Test
    void a_service_that_goes_and_comes_back_is_followed() {
        insert(CardFaults.NONE);

        slot.fail(CardTrouble.Kind.NO_SERVICE);
        awaitState(reader, ReaderState.NO_SERVICE);
        assertThat(faultOf(read(reader, withPin(PIN)))).isEqualTo(ReaderFault.NO_SERVICE);
        slot.fail(null);

        awaitState(reader, ReaderState.CARD);
        assertThat(verified(read(reader, withPin(PIN)))).isTrue();
    }

    @Test
    void listeners_hear_each_change_once() {
        List<ReaderState> heard = java.util.Collections.synchronizedList(new ArrayList<>());
        awaitState(reader, ReaderState.EMPTY);
        reader.onChange(heard::add);

        insert(CardFaults.NONE);
        slot.remove();
        awaitState(reader, ReaderState.EMPTY);
        slot.insert(card(3, CardFaults.of(CardQuirk.FOREIGN)));
        awaitState(reader, ReaderState.NOT_A_MY_NUMBER_CARD);

        Conditions.await("all heard", () -> heard.size() == 3);
        assertThat(heard).containsExactly(ReaderState.CARD, ReaderState.EMPTY, ReaderState.NOT_A_MY_NUMBER_CARD);
    }

    @Test
    void a_closed_reader_refuses_and_ends_its_thread() {
        reader.close();

        assertThat(faultOf(read(reader, withPin(PIN)))).isEqualTo(ReaderFault.NO_SERVICE);
        assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("card-re"));
    }
}
