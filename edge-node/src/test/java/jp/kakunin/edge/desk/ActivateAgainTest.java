package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import jp.kakunin.edge.exchange.ConnectionState;
import jp.kakunin.edge.exchange.ConnectionState.Cause;
import jp.kakunin.exchange.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// From a desk that says that its device is shut out to the activation pages, by one button.
class ActivateAgainTest extends OpenDesk {
    private static final Instant NOW = DeskFixture.MORNING;
    private static final String FORM = "action=\"/activate/again\"";

    @Test
    void a_certificate_that_ended_is_followed_by_the_way_to_a_new_one() {
        desk.edge.connection = new ConnectionState.Offline(NOW, Cause.EXPIRED);
        assertThat(browser.showsInBothLanguages("この端末をもう一度使えるようにできます", "This device can be activated once more"))
                .contains(FORM);

        assertThat(browser.send("/activate/again", Map.of()).body())
                .contains("data-open=\"/activate\"", "まもなく、票の内容を入れる画面が開きます");
        assertThat(desk.edge.activatedAgain).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Refusal.class,
            names = {"DEVICE_UNKNOWN", "DEVICE_REVOKED"})
    void so_is_a_refusal_of_the_device(Refusal refusal) {
        desk.edge.connection = new ConnectionState.Refused(NOW, refusal);
        assertThat(browser.open("/").body()).contains(FORM);
    }

    @ParameterizedTest
    @EnumSource(value = Cause.class, names = "EXPIRED", mode = Mode.EXCLUDE)
    void a_line_that_is_away_is_no_reason(Cause cause) {
        desk.edge.connection = new ConnectionState.Offline(NOW, cause);
        assertThat(browser.open("/").body()).doesNotContain(FORM);
        browser.send("/activate/again", Map.of());
        assertThat(desk.edge.activatedAgain).isFalse();
    }

    @Test
    void nobody_else_can_press_the_button() {
        desk.edge.connection = new ConnectionState.Offline(NOW, Cause.EXPIRED);
        assertThat(browser.send("/activate/again", Map.of("csrf", "00")).statusCode())
                .isEqualTo(403);
        assertThat(desk.edge.activatedAgain).isFalse();
    }
}
