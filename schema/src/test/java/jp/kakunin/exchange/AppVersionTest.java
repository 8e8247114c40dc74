package jp.kakunin.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AppVersionTest {
    @ParameterizedTest
    @CsvSource({
        "0.1.0, 0.1.0, false",
        "0.1.0, 0.1.1, true",
        "0.9.0, 0.10.0, true",
        "1.0.0, 0.99.99, false",
        "0.1.0-SNAPSHOT, 0.1.0, false",
        "0.1.0, any, false",
        "unknown, 0.1.0, false"
    })
    void a_program_is_outdated_when_it_is_older_than_asked_for(String running, String atLeast, boolean outdated) {
        assertThat(AppVersion.isOutdated(running, atLeast)).isEqualTo(outdated);
    }

    @Test
    void what_is_no_version_says_how_one_looks() {
        assertThat(AppVersion.parse("1.2.3")).hasToString("1.2.3");
        assertThatThrownBy(() -> AppVersion.parse("latest")).hasMessageContaining("1.2.3");
    }
}
