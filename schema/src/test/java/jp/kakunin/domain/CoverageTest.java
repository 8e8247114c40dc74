package jp.kakunin.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CoverageTest {
    @ParameterizedTest
    @CsvSource({
        "１２－３４, 12-34",
        "12ー34, 12-34",
        "12―34, 12−34",
        "12‐34, 12–34",
        "い・ろ, い･ろ",
        "ab 12, ＡＢ１２",
        "ｶﾞ1, ガ１",
        "茨城　1, 茨城1"
    })
    void a_membership_is_the_same_whichever_glyphs_it_is_written_with(String one, String other) {
        Coverage typed = coverage(one, "123", "5");
        Coverage answered = coverage(other, "１２３", "05");

        assertThat(typed.isSameAs(answered)).isTrue();
        assertThat(typed.digest()).isEqualTo(answered.digest());
    }

    @Test
    void other_characters_are_another_membership() {
        for (Coverage other : new Coverage[] {
            coverage("12-35", "123", "05"),
            coverage("12-34", "0123", "05"),
            coverage("12-34", "123", "50"),
            coverage("12-34", "123", ""),
            coverage("1-234", "123", "05")
        }) {
            assertThat(coverage("12-34", "123", "05").isSameAs(other)).isFalse();
            assertThat(coverage("12-34", "123", "05").digest()).isNotEqualTo(other.digest());
        }
    }

    private static Coverage coverage(String symbol, String number, String branch) {
        return new Coverage(
                InsurerNumber.ofBody("3312001"), symbol, number, branch, 30, LocalDate.of(2026, 4, 1), null);
    }
}
