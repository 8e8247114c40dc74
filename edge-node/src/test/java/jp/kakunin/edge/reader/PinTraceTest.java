package jp.kakunin.edge.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// After a reading no buffer of ours holds the four digits, whatever the card did.
class PinTraceTest {
    private static final byte[] VERIFY = {0x00, 0x20, 0x00, (byte) 0x80, 0x04, '1', '2', '3', '4'};

    private final Pin pin = Pin.of("1234".toCharArray());
    private final List<byte[]> asSent = new ArrayList<>();
    private final List<byte[]> buffers = new ArrayList<>();

    @Test
    void the_command_is_overwritten_when_the_card_took_it() throws Exception {
        card(new byte[] {(byte) 0x90, 0x00}).verify(pin);
        assertLeavesNoTrace();
    }

    @Test
    void the_command_is_overwritten_when_the_card_refused_it() throws Exception {
        card(new byte[] {0x63, (byte) 0xC2}).verify(pin);
        assertLeavesNoTrace();
    }

    @Test
    void the_command_is_overwritten_when_the_card_was_torn_out() {
        assertThatThrownBy(() -> card(new byte[0]).verify(pin)).isInstanceOf(CardTrouble.class);
        assertLeavesNoTrace();
    }

    @Test
    void a_reading_destroys_its_pin_also_when_there_is_no_reader() throws Exception {
        CardPort nothing = () -> {
            throw new CardTrouble(CardTrouble.Kind.NO_SERVICE, "no service");
        };
        ReaderOptions hasty = new ReaderOptions("", ReaderOptions.ExtendedReads.NEVER, 5_000, 5_000, 0);
        try (PortCardReader reader = PortCardReader.start(nothing, hasty)) {
            assertThat(reader.read(new CardRequest.WithPin(pin, List.of(new byte[1]), false))
                            .get(10, TimeUnit.SECONDS))
                    .isInstanceOf(CardReading.Failed.class);
            assertThat(pin.isDestroyed()).isTrue();
        }
    }

    private void assertLeavesNoTrace() {
        assertThat(asSent).singleElement().isEqualTo(VERIFY);
        assertThat(buffers).singleElement().isEqualTo(new byte[VERIFY.length]);
    }

    private JpkiCard card(byte[] answer) {
        return new JpkiCard(new GuardedLink(
                new CardPort.Link() {
                    @Override
                    public byte[] transmit(byte[] command) {
                        asSent.add(command.clone());
                        buffers.add(command);
                        if (answer.length == 0) {
                            throw new IllegalStateException("the card is gone");
                        }
                        return answer;
                    }

                    @Override
                    public ExtendedApdu extendedApdu() {
                        return ExtendedApdu.NO;
                    }

                    @Override
                    public void close() {}
                },
                new Claim()));
    }
}
