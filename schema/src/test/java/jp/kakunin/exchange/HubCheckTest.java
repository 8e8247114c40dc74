package jp.kakunin.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class HubCheckTest {
    private static final HubCheck CHECK = HubCheck.of("certificate".getBytes(StandardCharsets.UTF_8));

    @Test
    void it_is_five_groups_of_four_and_another_certificate_has_another() {
        assertThat(CHECK.toString()).matches("([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}");
        assertThat(HubCheck.of("certificatf".getBytes(StandardCharsets.UTF_8))).isNotEqualTo(CHECK);
    }

    /// SHA-256 of nothing begins e3b0c442 98fc1c14 9afbf4c8 9.
    @Test
    void the_first_hundred_bits_count() {
        assertThat(HubCheck.of(new byte[0])).hasToString("WERC-8GMR-ZGE1-96QV-YK49");
    }

    @Test
    void what_people_type_is_understood() {
        assertThat(HubCheck.parse(" " + CHECK.toString().toLowerCase(Locale.ROOT) + " "))
                .isEqualTo(CHECK);
        assertThat(HubCheck.parse(CHECK.text().replace('0', 'o').replace('1', 'l')))
                .isEqualTo(CHECK);
        assertThat(HubCheck.parse("ＷＥＲＣー８ＧＭＲ　ＺＧＥ１‐96QVYK49")).isEqualTo(HubCheck.of(new byte[0]));
    }

    @Test
    void anything_else_is_refused() {
        assertThatThrownBy(() -> HubCheck.parse("WERC-8GMR")).hasMessageContaining("20 letters and digits");
        assertThatThrownBy(() -> HubCheck.parse(CHECK.text().substring(1) + "U"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
