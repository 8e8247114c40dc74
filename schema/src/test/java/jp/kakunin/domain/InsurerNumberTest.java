package jp.kakunin.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InsurerNumberTest {
    @ParameterizedTest
    @ValueSource(strings = {"33120015", "01130012", "01270016", "39131016", "138016", "138040"})
    void published_numbers_are_valid_and_completed_from_their_body(String digits) {
        assertThat(new InsurerNumber(digits)).hasToString(digits);
        assertThat(InsurerNumber.ofBody(digits.substring(0, digits.length() - 1)))
                .hasToString(digits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"33120015", "01130012", "138016"})
    void every_single_wrong_digit_is_noticed(String digits) {
        for (int at = 0; at < digits.length(); at++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                String typed = digits.substring(0, at) + digit + digits.substring(at + 1);
                if (!typed.equals(digits)) {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> new InsurerNumber(typed))
                            .withMessageContaining("check digit");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "13801", "1380160", "0138016", "331200150", "3312001x", "３３１２００１５", " 138016"})
    void other_lengths_and_signs_are_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InsurerNumber(text))
                .withMessageContaining("8 or 6 digits");
    }
}
