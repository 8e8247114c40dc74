package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PatientNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789012",
                "山田 1234 5678 9012",
                "１２３４５６７８９０１２",
                "1234-5678-9012",
                "12 34 56 78 90 12 34",
            })
    void what_could_be_a_my_number_is_refused(String typed) {
        assertThat(PatientName.of(typed)).isEqualTo(Outcome.refused(Problem.NAME_LOOKS_LIKE_A_NUMBER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"山田 花子", "山田 花子 2", "田中 03-1234", "O'Brien <b>", "𠮷野 家"})
    void names_are_taken(String typed) {
        assertThat(PatientName.of(typed)).isEqualTo(Outcome.done(typed));
    }

    @Test
    void nothing_and_too_much_are_refused() {
        assertThat(PatientName.of("　 ")).isEqualTo(Outcome.refused(Problem.NAME_MISSING));
        assertThat(PatientName.of("あ".repeat(65))).isEqualTo(Outcome.refused(Problem.NAME_TOO_LONG));
        assertThat(PatientName.of("𠮷".repeat(64))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void a_name_that_lost_characters_on_its_way_is_refused() {
        assertThat(PatientName.of("\uFFFD\uFFFD 花子")).isEqualTo(Outcome.refused(Problem.FIELD_INVALID));
    }
}
