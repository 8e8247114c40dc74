package jp.kakunin.edge.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReaderTextsTest {
    static List<String> codes() {
        Stream<String> states = Arrays.stream(ReaderState.values()).map(ReaderState::code);
        Stream<String> faults = Arrays.stream(ReaderFault.values()).map(ReaderFault::code);
        Stream<String> pins = Stream.of(ReaderTexts.WRONG_PIN, ReaderTexts.PIN_BLOCKED, ReaderTexts.LAST_TRY);
        return Stream.of(states, faults, pins).flatMap(s -> s).toList();
    }

    @ParameterizedTest
    @MethodSource("codes")
    void every_code_speaks_to_staff_and_supplier_in_both_languages(String code) {
        ReaderTexts japanese = new ReaderTexts(Locale.JAPANESE);
        ReaderTexts english = new ReaderTexts(Locale.ENGLISH);

        assertThat(japanese.staff(code, 2)).isNotBlank().isNotEqualTo(english.staff(code, 2));
        assertThat(japanese.supplier(code, 2)).isNotBlank().isNotEqualTo(english.supplier(code, 2));
    }

    @Test
    void an_apostrophe_in_a_text_is_shown() {
        ReaderTexts english = new ReaderTexts(Locale.ENGLISH);

        assertThat(english.staff(ReaderFault.SEVERAL_CARDS.code())).contains("the patient's My Number card");
    }

    @Test
    void codes_are_not_used_twice() {
        assertThat(codes()).doesNotHaveDuplicates();
    }

    @Test
    void japanese_does_not_depend_on_the_language_of_the_machine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.ENGLISH);
            assertThat(new ReaderTexts(Locale.JAPANESE).staff("S03")).startsWith("マイナンバーカード");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void a_wrong_pin_names_the_tries_left() {
        assertThat(new ReaderTexts(Locale.JAPANESE).staff(new CardReading.WrongPin(2)))
                .contains("残り 2 回");
        assertThat(new ReaderTexts(Locale.ENGLISH).staff(new CardReading.WrongPin(1)))
                .contains("left: 1");
    }
}
