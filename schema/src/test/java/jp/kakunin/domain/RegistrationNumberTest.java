package jp.kakunin.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistrationNumberTest {
    @Test
    void is_written_with_hyphens_however_it_was_entered() {
        assertThat(new RegistrationNumber("契280444000")).hasToString("契2804440-0-0");
        assertThat(new RegistrationNumber("契2804440-0-0")).isEqualTo(new RegistrationNumber("契280444000"));
        assertThat(new RegistrationNumber("協130000100")).hasToString("協1300001-0-0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2804440-0-0", "契28044400", "契2804440000", "約280444000", "契28-0444000", "契２８０４４４０００"})
    void anything_else_is_refused_with_an_example(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RegistrationNumber(text))
                .withMessageContaining("契2804440-0-0");
    }
}
