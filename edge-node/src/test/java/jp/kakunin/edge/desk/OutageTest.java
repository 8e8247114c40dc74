package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.kakunin.edge.exchange.ConnectionState;
import jp.kakunin.edge.exchange.ConnectionState.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutageTest extends OpenDesk {
    @ParameterizedTest
    @CsvSource({"0, SHORT", "239, SHORT", "240, AMBER", "1439, AMBER", "1440, RED", "100000, RED", "-5, SHORT"})
    void the_worry_grows_with_the_time_since_the_hub_was_heard(int minutes, Outage.Stage stage) {
        desk.edge.connection = new ConnectionState.Offline(desk.edge.now, Cause.TCP);
        desk.edge.heardAt = desk.edge.now.minus(Duration.ofMinutes(minutes));

        assertThat(desk.reception.outage().stage()).isEqualTo(stage);
    }

    @Test
    void an_edge_that_never_met_its_hub_counts_from_when_it_noticed() {
        desk.edge.connection = new ConnectionState.Offline(desk.edge.now.minus(Duration.ofHours(5)), Cause.DNS);

        assertThat(desk.reception.outage().stage()).isEqualTo(Outage.Stage.AMBER);
    }

    @Test
    void a_busy_hub_is_not_away() {
        desk.edge.heardAt = Instant.EPOCH;
        desk.edge.connection = new ConnectionState.Offline(Instant.EPOCH, Cause.BUSY);

        assertThat(desk.reception.outage()).isEqualTo(Outage.NONE);
    }

    @Test
    void the_desk_says_since_when_what_to_do_and_what_must_not_be_lost() {
        desk.commands.defer(Map.of("patientName", "高橋 四郎")).join();
        desk.edge.connection = new ConnectionState.Offline(desk.edge.now, Cause.TCP);
        desk.edge.heardAt = desk.edge.now.minus(Duration.ofHours(30));

        assertThat(browser.open("/").body())
                .contains("class=\"alarm red\"", "11月19日(木) 04:32 から連絡が取れていません(約 30 時間)")
                .contains("紙にも控えてください", "未送信の記録が 1 件あります");
        assertThat(browser.open("/history").body()).contains("11月19日(木) 04:32 から連絡が取れていません");
        desk.edge.connection = new ConnectionState.Connected(desk.edge.now);
        desk.edge.heardAt = null;
        assertThat(browser.open("/").body()).doesNotContain("連絡が取れていません");
    }

    @Test
    void an_open_page_is_told_when_the_stage_changes_and_only_then() {
        List<String> told = new ArrayList<>();
        desk.reception.start();
        Runnable look = desk.timers.getLast();
        desk.reception.onChange(() -> told.add("told"));
        desk.edge.connection = new ConnectionState.Offline(desk.edge.now, Cause.TCP);

        look.run();
        look.run();
        assertThat(told).hasSize(1);
        desk.edge.now = desk.edge.now.plus(Duration.ofHours(4));
        look.run();
        look.run();
        assertThat(told).hasSize(2);
    }

    @Test
    void limits_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> OutageLimits.ofHours(4, 4)).hasMessageContaining("--offline-red");
        assertThatThrownBy(() -> OutageLimits.ofHours(0, 4)).hasMessageContaining("--offline-amber");
    }
}
