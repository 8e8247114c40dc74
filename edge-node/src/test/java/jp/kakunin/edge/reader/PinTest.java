package jp.kakunin.edge.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinTest {
    @Test
    void taking_a_pin_over_overwrites_what_was_typed() {
        char[] typed = "1234".toCharArray();

        Pin pin = Pin.of(typed);

        assertThat(typed).containsOnly('\0');
        assertThat(pin.appendTo(new byte[] {9})).containsExactly(9, '1', '2', '3', '4');
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "123", "12345", "12a4", "１２３４", "12 4"})
    void anything_but_four_digits_is_refused_without_repeating_it(String text) {
        char[] typed = text.toCharArray();

        assertThatThrownBy(() -> Pin.of(typed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the PIN must");
        assertThat(typed).containsOnly(new char[text.length()]);
    }

    @Test
    void a_destroyed_pin_cannot_be_sent() {
        Pin pin = Pin.of("1234".toCharArray());

        pin.close();

        assertThat(pin.isDestroyed()).isTrue();
        assertThatThrownBy(() -> pin.appendTo(new byte[0])).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void neither_pin_nor_request_prints_its_digits() {
        Pin pin = Pin.of("1234".toCharArray());

        assertThat(pin + " " + new CardRequest.WithPin(pin, List.of(new byte[] {1}), false))
                .doesNotContain("1234");
    }
}
