package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What was, as long as it may be seen.
final class HistoryTest extends OpenDesk {
    private static final String KANA = "ﾔﾏﾀﾞ ﾊﾅｺ";

    @ParameterizedTest
    @CsvSource({"山田, true", "山 田, true", "やまだ, true", "ヤマダ, true", "ﾔﾏﾀﾞ, true", "はなこ, true", "田中, false", "'', true"})
    void a_patient_is_found_by_a_part_of_the_name_however_it_is_typed(String typed, boolean found) {
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        desk.answerValid(tap.check(), "山田　花子", KANA);

        assertThat(desk.book().found(Search.of(Map.of("name", typed)))).hasSize(found ? 1 : 0);
    }

    @Test
    void a_search_narrows_by_day_and_by_standing() {
        desk.commands.defer(Map.of("patientName", "高橋 四郎")).join();
        desk.later(2);
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        desk.answerValid(tap.check(), "山田　花子", KANA);

        assertThat(names(Map.of())).containsExactly("山田　花子", "高橋 四郎");
        assertThat(names(Map.of("standing", "deferred"))).containsExactly("高橋 四郎");
        assertThat(names(Map.of("from", "2026-11-21"))).containsExactly("山田　花子");
        assertThat(names(Map.of("until", "2026-11-21"))).containsExactly("高橋 四郎");
        assertThat(names(Map.of("from", "yesterday"))).hasSize(2);
    }

    @Test
    void a_search_leaves_no_name_in_an_address_and_keeps_what_was_typed() {
        desk.commands.defer(Map.of("patientName", "高橋 四郎")).join();
        browser.open("/history");

        var answer = browser.send("/history", Map.of("name", "高橋"));

        assertThat(answer.uri().toString()).endsWith("/history");
        assertThat(answer.body()).contains("高橋 四郎", "value=\"高橋\"", "11月30日(月) の24時に消えます");
        assertThat(browser.send("/history", Map.of("name", "佐藤")).body()).contains("条件に合う受付はありません");
    }

    @Test
    void it_ends_with_the_month_after_to_the_second() {
        desk.commands.defer(Map.of("patientName", "高橋 四郎")).join();

        desk.edge.now = Instant.parse("2026-12-31T14:59:59Z");
        assertThat(names(Map.of())).hasSize(1);
        desk.edge.now = Instant.parse("2026-12-31T15:00:00Z");
        assertThat(names(Map.of())).isEmpty();
    }

    @Test
    void what_is_copied_has_one_label_and_value_a_line() {
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        desk.answerValid(tap.check(), "山田　花子", KANA);

        assertThat(words().toCopy().split("\n"))
                .startsWith("資格確認の結果 1", "施術所: 1380000016", "施術日: 2026-11-20", "時刻: 10:32", "種類: 初検", "患者: 山田　花子")
                .contains("カナ: ヤマダ ハナコ", "状態: 確認済み(有効) / カード", "記号: 1234", "番号: 567", "枝番: 01", "負担割合: 3 割")
                .contains("資格取得日: 2025-04-01");
        assertThat(words().toCopy()).endsWith("\n\n").doesNotContain("有効期限:");
    }

    @Test
    void what_is_open_is_copied_with_its_date_and_what_to_do() {
        desk.commands.defer(Map.of("patientName", "高橋 四郎")).join();

        assertThat(words().toCopy()).contains("状態: 後日確認\n", "確認期限: 2026-11-30\n", "次にすること: ");
    }

    @Test
    void a_voice_says_the_name_as_it_is_pronounced_and_numbers_digit_by_digit() {
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        desk.answerValid(tap.check(), "山田　花子", KANA);

        assertThat(words().toSpeak())
                .startsWith("ヤマダ ハナコ さん")
                .contains("記号 イチ ニ サン ヨン", "番号 ゴ ロク ナナ", "負担割合 3 割")
                .doesNotContain("山田", "567");
        assertThat(VisitWords.spelled("１２−３４・ｶﾞ●ab", Texts.in(Language.JA)))
                .isEqualTo("イチ ニ ハイフン サン ヨン テン ガ 表示できない文字 A B");
        assertThat(VisitWords.spelled("10", Texts.in(Language.EN))).isEqualTo("one zero");
    }

    @Test
    void what_a_waiting_room_may_hear_names_nobody_and_says_no_to_nobody() {
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        assertThat(words().toSpeakAloud()).isEqualTo("受付の画面をご覧ください。");
        desk.answerValid(tap.check(), "山田　花子", KANA);

        assertThat(words().toSpeakAloud()).isEqualTo("確認できました。負担は 3 割です。");
    }

    @Test
    void a_name_with_a_character_that_cannot_be_shown_is_kept_and_flagged() {
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        desk.answerValid(tap.check(), "山●　花子", KANA);

        assertThat(browser.open("/visit?id=" + tap.visit()).body()).contains("山●　花子", "名前の ● は表示できない文字です");
    }

    @Test
    void an_oral_attestation_tells_how_old_the_known_result_is() {
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        desk.answerValid(tap.check(), "山田　花子", KANA);
        desk.commands.defer(Map.of("patientName", "高橋 四郎")).join();
        desk.later(7);

        assertThat(browser.open("/oral").body())
                .contains("山田　花子(前回 11月20日(金)) — 確認の結果は 7 日前", "高橋 四郎(前回 11月20日(金)) — 確認の結果なし");
    }

    private VisitWords words() {
        return new VisitWords(desk.onlyVisit(), Texts.in(Language.JA));
    }

    private List<String> names(Map<String, String> search) {
        return desk.book().found(Search.of(search)).stream()
                .map(visit -> String.valueOf(visit.name()))
                .toList();
    }
}
