package jp.kakunin.load.card;

import static jp.kakunin.load.card.Conditions.awaitState;
import static jp.kakunin.load.card.Conditions.faultOf;
import static jp.kakunin.load.card.Conditions.join;
import static jp.kakunin.load.card.Conditions.read;
import static jp.kakunin.load.card.TestCards.PIN;
import static jp.kakunin.load.card.TestCards.card;
import static jp.kakunin.load.card.TestCards.verified;
import static jp.kakunin.load.card.TestCards.withPin;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.edge.reader.CardReading;
import jp.kakunin.edge.reader.PcscPort;
import jp.kakunin.edge.reader.PortCardReader;
import jp.kakunin.edge.reader.ReaderFault;
import jp.kakunin.edge.reader.ReaderOptions;
import jp.kakunin.edge.reader.ReaderState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The reader while its PC/SC service comes and goes.
class PcscRestartIT {
    @TempDir
    Path folder;

    private PcscdProcess pcscd;
    private PortCardReader reader;

    @BeforeEach
    void start() throws IOException {
        pcscd = PcscdProcess.start(folder, true);
        reader = PortCardReader.start(
                new PcscPort(), new ReaderOptions("", ReaderOptions.ExtendedReads.NEVER, 5_000, 1_000, 250));
        awaitState(reader, ReaderState.EMPTY);
    }

    @AfterEach
    void stop() {
        reader.close();
        pcscd.close();
    }

    private void end(boolean killed) {
        if (killed) {
            pcscd.kill();
        } else {
            pcscd.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_service_that_ends_while_waiting_is_noticed_and_found_again(boolean killed) throws IOException {
        for (int round = 0; round < 3; round++) {
            end(killed);
            awaitState(reader, ReaderState.NO_SERVICE);
            assertThat(faultOf(read(reader, withPin(PIN)))).isEqualTo(ReaderFault.NO_SERVICE);

            pcscd = PcscdProcess.start(folder, true);

            awaitState(reader, ReaderState.EMPTY);
            try (VpcdLink _ = VpcdLink.insert(pcscd.port(0), card())) {
                awaitState(reader, ReaderState.CARD);
                assertThat(verified(read(reader, withPin(PIN)))).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 7, 8})
    void a_service_killed_while_reading_never_costs_a_second_try(int atCommand) throws IOException {
        VirtualCard card = card();
        try (VpcdLink _ = VpcdLink.insert(pcscd.port(0), card)) {
            awaitState(reader, ReaderState.CARD);
            card.misbehave(CardFaults.NONE.slow(20));
            CompletableFuture<CardReading> reading = reader.read(withPin(PIN));
            Conditions.await("in the middle", () -> card.apdus() > atCommand);

            pcscd.kill();

            CardReading result = join(reading);
            assertThat(result).isInstanceOfAny(CardReading.Failed.class, CardReading.WrongPin.class);
            assertThat(card.verifies()).isLessThanOrEqualTo(1);
        }
        awaitState(reader, ReaderState.NO_SERVICE);
    }

    @Test
    void a_machine_without_a_reader_says_so_until_one_is_there() throws IOException {
        pcscd.close();
        pcscd = PcscdProcess.start(folder, false);
        awaitState(reader, ReaderState.NO_READER);
        assertThat(faultOf(read(reader, withPin(PIN)))).isEqualTo(ReaderFault.NO_READER);

        pcscd.close();
        pcscd = PcscdProcess.start(folder, true);

        awaitState(reader, ReaderState.EMPTY);
    }

    @Test
    void twenty_restarts_leave_no_socket_and_no_thread_behind() throws IOException {
        Leaks atFirst = Leaks.now();
        for (int round = 0; round < 20; round++) {
            pcscd.kill();
            awaitState(reader, ReaderState.NO_SERVICE);
            pcscd = PcscdProcess.start(folder, true);
            awaitState(reader, ReaderState.EMPTY);
        }

        Leaks atLast = Leaks.now();
        assertThat(atLast.sockets()).isLessThanOrEqualTo(atFirst.sockets() + 2);
        assertThat(atLast.threads()).isLessThanOrEqualTo(atFirst.threads() + 2);
    }

    @Test
    void a_running_service_is_used_and_not_stopped() {
        PcscStack found = PcscStack.find(folder);

        assertThat(found).isEqualTo(new PcscStack.Ready(pcscd.reader(0), pcscd.port(0), null));
        found.close();
        assertThat(ProcessHandle.of(pcscd.pid())).isPresent();
    }

    @Test
    void without_a_service_one_is_started_and_stopped_again() {
        pcscd.close();

        try (PcscStack found = PcscStack.find(folder)) {
            assertThat(found)
                    .isInstanceOfSatisfying(
                            PcscStack.Ready.class,
                            ready -> assertThat(ready.own()).isNotNull());
            awaitState(reader, ReaderState.EMPTY);
        }

        awaitState(reader, ReaderState.NO_SERVICE);
    }
}
