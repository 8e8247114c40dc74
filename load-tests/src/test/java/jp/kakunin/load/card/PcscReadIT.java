package jp.kakunin.load.card;

import static jp.kakunin.load.card.Conditions.awaitState;
import static jp.kakunin.load.card.Conditions.faultOf;
import static jp.kakunin.load.card.Conditions.read;
import static jp.kakunin.load.card.Conditions.triesLeft;
import static jp.kakunin.load.card.TestCards.PIN;
import static jp.kakunin.load.card.TestCards.card;
import static jp.kakunin.load.card.TestCards.verified;
import static jp.kakunin.load.card.TestCards.withPin;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import jp.kakunin.edge.reader.CardReading;
import jp.kakunin.edge.reader.CardRequest;
import jp.kakunin.edge.reader.PcscPort;
import jp.kakunin.edge.reader.PortCardReader;
import jp.kakunin.edge.reader.ReaderFault;
import jp.kakunin.edge.reader.ReaderOptions;
import jp.kakunin.edge.reader.ReaderOptions.ExtendedReads;
import jp.kakunin.edge.reader.ReaderState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The reader on a real pcscd that stays up: what cards, readers and other programs do.
class PcscReadIT {
    private static final String SELECT_APPLICATION = "00A4040C0AD392F000260100000001";
    private static final String SELECT_PIN = "00A4020C020018";
    private static final String VERIFY = "0020008004" + "34373131";

    private static final long OVERLOOKED_SECONDS = 8;
    private static final int PUT_DOWN_MAX = 4;

    @TempDir
    static Path folder;

    private static PcscdProcess pcscd;

    private PortCardReader reader;
    private final List<VpcdLink> links = new ArrayList<>();

    @BeforeAll
    static void start_pcscd() throws IOException {
        pcscd = PcscdProcess.start(folder, true);
    }

    @AfterAll
    static void stop_pcscd() {
        pcscd.close();
    }

    @BeforeEach
    void start_reader() {
        start(ExtendedReads.NEVER);
    }

    private void start(ExtendedReads extended) {
        reader = PortCardReader.start(new PcscPort(), new ReaderOptions("Virtual PCD", extended, 2_000, 1_000, 250));
        awaitState(reader, ReaderState.EMPTY);
    }

    @AfterEach
    void leave_the_readers_empty() {
        links.forEach(VpcdLink::close);
        awaitState(reader, ReaderState.EMPTY);
        Conditions.await("no busy thread", () -> reader.busyThreads() == 0);
        reader.close();
    }

    /// On a busy machine pcscd may overlook a card for as long as it lies there, although the driver has it:
    /// whoever opens a conversation with it is told that the reader is empty. Then no edge can know better, and the
    /// card is put down again, as a person would. One that pcscd sees and the edge does not is a fault of the edge.
    private void putDown(VirtualCard card) throws IOException {
        for (int times = 1; ; times++) {
            insert(0, card);
            if (Conditions.comes(OVERLOOKED_SECONDS, () -> reader.state() == ReaderState.CARD) || pcscd.sees(0)) {
                awaitState(reader, ReaderState.CARD);
                return;
            }
            assertThat(times).as("put down, and overlooked by pcscd").isLessThan(PUT_DOWN_MAX);
            links.removeLast().close();
            awaitState(reader, ReaderState.EMPTY);
        }
    }

    private VirtualCard insert(int slot, VirtualCard card) throws IOException {
        links.add(VpcdLink.insert(pcscd.port(slot), card));
        return card;
    }

    private VirtualCard insertAndAwait(VirtualCard card) throws IOException {
        putDown(card);
        return card;
    }

    @ParameterizedTest
    @EnumSource(ExtendedReads.class)
    void a_card_is_read_and_left_without_its_pin(ExtendedReads extended) throws IOException {
        reader.close();
        start(extended);
        VirtualCard card = insertAndAwait(card());
        int resets = card.resets();

        assertThat(verified(read(reader, withPin(PIN)))).isTrue();

        assertThat(card.pinVerified()).isFalse();
        assertThat(card.resets()).isGreaterThan(resets);
        assertThat(card.verifies()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = CardQuirk.class,
            names = {
                "REFUSES_EXTENDED",
                "ANSWERS_IN_PIECES",
                "NAMES_THE_LENGTH",
                "FIRST_COMMAND_FAILS",
                "CERTIFICATE_NEEDS_PIN"
            })
    void peculiarities_that_the_pcsc_library_handles_its_own_way_are_survived(CardQuirk quirk) throws IOException {
        reader.close();
        start(ExtendedReads.ALWAYS_TRY);
        VirtualCard card = insertAndAwait(card(3, CardFaults.of(quirk).trailing(300)));

        assertThat(verified(read(reader, withPin(PIN)))).isTrue();
        assertThat(card.verifies()).isEqualTo(1);
    }

    @Test
    void a_wrong_pin_is_tried_once() throws IOException {
        VirtualCard card = insertAndAwait(card());

        assertThat(read(reader, withPin("0000"))).isEqualTo(new CardReading.WrongPin(2));

        assertThat(card.verifies()).isEqualTo(1);
        assertThat(triesLeft(reader)).isEqualTo(2);
    }

    @Test
    void another_card_is_called_so() throws IOException {
        insert(0, card(3, CardFaults.of(CardQuirk.FOREIGN)));

        awaitState(reader, ReaderState.NOT_A_MY_NUMBER_CARD);
    }

    @Test
    void a_card_torn_at_any_command_is_called_pulled_and_never_costs_a_second_try() throws IOException {
        VirtualCard counted = insertAndAwait(card());
        counted.misbehave(CardFaults.NONE);
        assertThat(read(reader, withPin("0000"))).isEqualTo(new CardReading.WrongPin(2));
        int commands = counted.apdus();
        links.forEach(VpcdLink::close);
        awaitState(reader, ReaderState.EMPTY);

        for (int n = 0; n < commands; n++) {
            VirtualCard card = insertAndAwait(card());
            card.misbehave(CardFaults.of(CardQuirk.TORN_AFTER_THE_DEED).tornAt(n));

            CardReading reading = read(reader, withPin("0000"));

            assertThat(faultOf(reading))
                    .as("torn at command %d: %s", n, reading)
                    .isIn(ReaderFault.CARD_PULLED, ReaderFault.PIN_RESULT_UNKNOWN);
            assertThat(card.verifies()).isLessThanOrEqualTo(1);
            awaitState(reader, ReaderState.EMPTY);
        }
    }

    @Test
    void a_card_exchanged_quickly_is_read_as_the_new_one() throws IOException {
        insertAndAwait(card());
        assertThat(verified(read(reader, withPin(PIN)))).isTrue();

        links.getFirst().close();
        insert(0, new VirtualCard(TestCards.TWO, PIN, 3));

        Conditions.await(
                "the new card",
                () -> read(reader, new CardRequest.VisualCheck()) instanceof CardReading.Read now
                        && now.certificate()
                                .serial()
                                .equals(TestCards.TWO.certificate().getSerialNumber()));
    }

    @Test
    void a_mute_card_is_given_up_and_frees_its_thread_when_taken_away() throws IOException {
        VirtualCard card = insertAndAwait(card());
        card.misbehave(CardFaults.NONE.muteAt(3));

        assertThat(faultOf(read(reader, withPin(PIN)))).isEqualTo(ReaderFault.READER_STUCK);
        links.forEach(VpcdLink::close);

        Conditions.await("thread back", () -> reader.busyThreads() == 0);
        insertAndAwait(card());
        assertThat(verified(read(reader, withPin(PIN)))).isTrue();
    }

    @Test
    void the_second_slot_serves_as_well() throws IOException {
        insert(1, card());
        awaitState(reader, ReaderState.CARD);

        assertThat(verified(read(reader, withPin(PIN)))).isTrue();
    }

    @Test
    void the_my_number_card_is_found_beside_another_card() throws IOException {
        insert(0, card(3, CardFaults.of(CardQuirk.FOREIGN)));
        awaitState(reader, ReaderState.NOT_A_MY_NUMBER_CARD);
        insert(1, card());
        awaitState(reader, ReaderState.CARD);

        assertThat(verified(read(reader, withPin(PIN)))).isTrue();
    }

    @Test
    void of_two_my_number_cards_none_is_guessed() throws IOException {
        VirtualCard first = insertAndAwait(card());
        VirtualCard second = insert(1, new VirtualCard(TestCards.TWO, PIN, 3));
        Conditions.await("second card seen", () -> second.apdus() > 0);

        Conditions.await(
                "refused",
                () -> read(reader, withPin(PIN)) instanceof CardReading.Failed failed
                        && failed.fault() == ReaderFault.SEVERAL_CARDS);
        assertThat(second.verifies()).isZero();
        assertThat(first.verifies()).isLessThanOrEqualTo(1);
    }

    @Test
    void a_program_killed_after_its_pin_leaves_no_verified_card() throws IOException {
        VirtualCard card = insertAndAwait(card());
        OtherProgram program = OtherProgram.claim(pcscd.reader(0), List.of(SELECT_APPLICATION, SELECT_PIN, VERIFY));
        assertThat(card.pinVerified()).isTrue();

        program.kill();

        Conditions.await("card reset", () -> !card.pinVerified());
        assertThat(verified(read(reader, withPin(PIN)))).isTrue();
    }

    @Test
    void a_program_that_does_not_let_go_is_waited_for_only_so_long_and_no_pin_goes_out_later() throws IOException {
        VirtualCard card = insertAndAwait(card());
        try (OtherProgram _ = OtherProgram.claim(pcscd.reader(0), List.of(SELECT_APPLICATION))) {
            assertThat(faultOf(read(reader, withPin(PIN)))).isEqualTo(ReaderFault.READER_STUCK);
        }

        Conditions.await("thread back", () -> reader.busyThreads() == 0);
        assertThat(card.verifies()).isZero();
        assertThat(verified(read(reader, withPin(PIN)))).isTrue();
    }

    @Test
    void three_hundred_reads_leave_nothing_behind_and_no_pin_in_any_log() throws IOException {
        List<String> logged = Collections.synchronizedList(new ArrayList<>());
        Logger root = Logger.getLogger("");
        Handler listening = new CollectingHandler(logged);
        Level before = root.getLevel();
        root.setLevel(Level.ALL);
        root.addHandler(listening);
        try {
            VirtualCard card = insertAndAwait(card());
            assertThat(verified(read(reader, withPin(PIN)))).isTrue();
            Leaks atFirst = Leaks.now();

            for (int n = 0; n < 300; n++) {
                assertThat(verified(read(reader, withPin(PIN)))).isTrue();
            }

            Leaks atLast = Leaks.now();
            assertThat(atLast.sockets()).isLessThanOrEqualTo(atFirst.sockets() + 2);
            assertThat(atLast.threads()).isLessThanOrEqualTo(atFirst.threads() + 2);
            assertThat(card.verifies()).isEqualTo(301);
            assertThat(logged).noneMatch(line -> line.contains(PIN) || line.contains("34373131"));
            assertThat(Files.readString(folder.resolve("pcscd.log"))).doesNotContain("34 37 31 31");
        } finally {
            root.removeHandler(listening);
            root.setLevel(before);
        }
    }

    private static final class CollectingHandler extends Handler {
        private final List<String> lines;

        CollectingHandler(List<String> lines) {
            this.lines = lines;
        }

        @Override
        public void publish(LogRecord entry) {
            lines.add(String.valueOf(entry.getMessage()) + entry.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
