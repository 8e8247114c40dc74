package jp.kakunin.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InstitutionCodeTest {
    @Test
    void a_published_code_has_a_valid_check_digit() {
        InstitutionCode code = new InstitutionCode("0110113719");

        assertThat(code.hasValidCheckDigit()).isTrue();
        assertThat(code.prefecture()).isEqualTo(1);
    }

    @Test
    void a_clinic_with_a_wrong_check_digit_is_taken_with_a_warning() {
        InstitutionCode code = new InstitutionCode("1180123456");

        assertThat(code.hasValidCheckDigit()).isFalse();
        assertThat(code.prefecture()).isEqualTo(11);
        assertThat(new InstitutionCode("1180123455").hasValidCheckDigit()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "118012345", "11801234567", "118012345x", "１１８０１２３４５６", "1180-12345"})
    void anything_but_ten_digits_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InstitutionCode(text))
                .withMessageContaining("10 digits");
    }
}
