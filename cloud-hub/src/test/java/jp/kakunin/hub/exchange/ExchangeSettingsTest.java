package jp.kakunin.hub.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExchangeSettingsTest {
    @Test
    void a_single_clinic_is_back_within_seconds_and_a_nation_within_the_policy() {
        assertThat(spreadOf(1)).isEqualTo(Duration.ofSeconds(5));
        assertThat(spreadOf(4_000)).isEqualTo(Duration.ofSeconds(60));
        assertThat(spreadOf(61_000)).isEqualTo(Duration.ofMinutes(5));
        assertThat(spreadOf(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(5));
    }

    private static Duration spreadOf(int edges) {
        return ExchangeSettings.DEFAULT.policyFor(edges, Map.of()).reconnectSpread();
    }
}
