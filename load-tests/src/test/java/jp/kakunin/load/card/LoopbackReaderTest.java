package jp.kakunin.load.card;

import static jp.kakunin.load.card.Conditions.awaitState;
import static jp.kakunin.load.card.Conditions.faultOf;
import static jp.kakunin.load.card.Conditions.read;
import static jp.kakunin.load.card.TestCards.PIN;
import static jp.kakunin.load.card.TestCards.card;
import static jp.kakunin.load.card.TestCards.verified;
import static jp.kakunin.load.card.TestCards.withPin;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import jp.kakunin.edge.reader.PortCardReader;
import jp.kakunin.edge.reader.ReaderFault;
import jp.kakunin.edge.reader.ReaderOptions;
import jp.kakunin.edge.reader.ReaderOptions.ExtendedReads;
import jp.kakunin.edge.reader.ReaderState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopbackReaderTest {
    private LoopbackReader slot;
    private PortCardReader reader;

    @BeforeEach
    void start() throws IOException {
        slot = LoopbackReader.listen(0);
        reader = PortCardReader.start(slot, new ReaderOptions("", ExtendedReads.NEVER, 1_000, 300, 5));
        awaitState(reader, ReaderState.EMPTY);
    }

    @AfterEach
    void stop() {
        reader.close();
        slot.close();
    }

    @Test
    void a_card_of_another_process_is_read_again_and_again() throws IOException {
        VirtualCard card = card();
        for (int n = 1; n <= 3; n++) {
            try (VpcdLink _ = VpcdLink.insert(slot.port(), card)) {
                awaitState(reader, ReaderState.CARD);
                assertThat(verified(read(reader, withPin(PIN)))).isTrue();
            }
            awaitState(reader, ReaderState.EMPTY);
            assertThat(card.verifies()).isEqualTo(n);
            assertThat(card.pinVerified()).isFalse();
        }
    }

    @Test
    void a_card_pulled_while_it_is_read_is_called_so() throws IOException {
        VirtualCard card = card();
        try (VpcdLink _ = VpcdLink.insert(slot.port(), card)) {
            awaitState(reader, ReaderState.CARD);
            card.misbehave(CardFaults.NONE.tornAt(4));

            assertThat(faultOf(read(reader, withPin(PIN)))).isEqualTo(ReaderFault.CARD_PULLED);
        }
        awaitState(reader, ReaderState.EMPTY);
    }

    @Test
    void a_mute_card_is_given_up_until_it_is_taken_away() throws IOException {
        VirtualCard card = card();
        try (VpcdLink _ = VpcdLink.insert(slot.port(), card)) {
            awaitState(reader, ReaderState.CARD);
            card.misbehave(CardFaults.NONE.muteAt(2));

            assertThat(faultOf(read(reader, withPin(PIN)))).isEqualTo(ReaderFault.READER_STUCK);
        }

        Conditions.await("thread back", () -> reader.busyThreads() == 0);
    }
}
