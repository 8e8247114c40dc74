package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Insured;
import jp.kakunin.edge.exchange.ConnectionState;
import jp.kakunin.edge.reader.CardReading;
import jp.kakunin.edge.reader.ReaderFault;
import jp.kakunin.edge.reader.ReaderState;
import org.junit.jupiter.api.Test;

/// The tap panel as it is shown, from the empty reader to each answer.
final class TapPanelTest extends OpenDesk {
    @Test
    void the_empty_reader_and_each_of_its_troubles_are_told_in_both_languages() {
        for (ReaderState state : ReaderState.values()) {
            if (state != ReaderState.CARD) {
                desk.reader.become(state);
                browser.showsInBothLanguages(
                        Texts.in(Language.JA).reader().staff(state.code()),
                        Texts.in(Language.EN).reader().staff(state.code()));
            }
        }
    }

    @Test
    void a_card_asks_for_pin_or_visual_check() {
        desk.reader.put(DeskFixture.CARD_A);

        String page = browser.showsInBothLanguages("暗証番号の残り回数: 3 回", "PIN tries left: 3");

        assertThat(page)
                .contains("type=\"password\"", "inputmode=\"numeric\"", "autocomplete=\"off\"")
                .doesNotContain("lastTryAccepted");
    }

    @Test
    void the_last_try_needs_consent_and_a_blocked_pin_leaves_the_visual_check() {
        desk.reader.triesLeft = 1;
        desk.reader.put(DeskFixture.CARD_A);
        assertThat(browser.open("/").body()).contains("lastTryAccepted");

        desk.reader.triesLeft = 0;
        desk.reader.put(DeskFixture.CARD_A);
        assertThat(browser.open("/").body())
                .doesNotContain("name=\"pin\"")
                .contains("value=\"visual\"", "暗証番号がロックされています");
    }

    @Test
    void what_went_wrong_with_a_card_is_told_with_its_code_for_the_supplier() {
        desk.reader.put(DeskFixture.CARD_A);
        for (ReaderFault fault : ReaderFault.values()) {
            desk.reader.willEndWith(new CardReading.Failed(fault, "detail 0x80100069"));
            desk.tap();
            assertThat(browser.showsInBothLanguages(
                            Texts.in(Language.JA).reader().staff(fault.code()),
                            Texts.in(Language.EN).reader().staff(fault.code())))
                    .contains(fault.code(), "detail 0x80100069");
        }
        desk.reader.willEndWith(new CardReading.WrongPin(2));
        desk.tap();
        browser.showsInBothLanguages("暗証番号が違います", "The PIN is wrong");
        desk.reader.willEndWith(new CardReading.PinBlocked());
        desk.tap();
        browser.showsInBothLanguages("暗証番号がロックされています", "The PIN is blocked");
        desk.reader.willEndWith(new CardReading.LastTry());
        desk.tap();
        browser.showsInBothLanguages("残り 1 回です", "One try is left");
    }

    @Test
    void a_reading_asks_to_leave_the_card_where_it_is() {
        desk.reader.put(DeskFixture.CARD_A);
        var _ = desk.reader.hold();
        browser.open("/");

        HttpResponse<String> answer = browser.send("/tap", Map.of("clinic", CLINIC, "method", "pin", "pin", "1234"));

        assertThat(answer.body()).contains("読み取り中です。カードを動かさないでください");
        browser.showsInBothLanguages("読み取り中です", "Do not move the card");
    }

    @Test
    void waiting_no_answer_and_could_not_ask_are_three_different_texts() {
        desk.tap(DeskFixture.CARD_A);
        browser.showsInBothLanguages("問い合わせています…", "Waiting for the answer");

        List.copyOf(desk.timers).forEach(Runnable::run);
        browser.showsInBothLanguages("取得失敗", "There is no answer yet");

        desk.edge.connection(new ConnectionState.Offline(DeskFixture.MORNING, ConnectionState.Cause.TLS));
        desk.tap(DeskFixture.CARD_A);
        browser.showsInBothLanguages("まだ問い合わせていません", "Not asked yet");
    }

    @Test
    void a_card_that_cannot_be_asked_about_is_to_be_tapped_again() {
        desk.edge.unusable(desk.tap(DeskFixture.CARD_A).check());

        browser.showsInBothLanguages("照会できません", "Could not be asked");
        browser.showsInBothLanguages("もう一度カードを読み取ってください", "Read the card again");
        assertThat(browser.showsInBothLanguages("後日確認", "Deferred")).doesNotContain("取得失敗", "There is no answer yet");

        desk.answerValid(desk.tap(DeskFixture.CARD_A).check(), "田中 一郎");
        browser.showsInBothLanguages("有効", "Valid");
    }

    @Test
    void a_valid_answer_shows_the_coverage_and_a_negative_one_says_what_to_do() {
        desk.answerValid(desk.tap(DeskFixture.CARD_A).check(), "田中 一郎");
        assertThat(browser.showsInBothLanguages("有効", "Valid")).contains("田中 一郎", "1234", "1980-04-01");

        desk.edge.answer(desk.tap(DeskFixture.CARD_B).check(), new Answer.Invalid(null));
        browser.showsInBothLanguages("この資格は無効です", "This eligibility is invalid");
        browser.showsInBothLanguages("資格確認書など、ほかの書類", "Ask for another document");
    }

    /// The page draws a part anew only when its key changed: with the key of the first answer on screen, a
    /// corrected ratio or date would have stayed unseen.
    @Test
    void the_panel_is_drawn_anew_when_another_proof_confirms_the_same_visit() {
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        desk.answerValid(tap.check(), "田中 一郎");
        String before = key(browser.open("/").body());
        assertThat(key(browser.open("/").body())).isEqualTo(before);

        desk.edge.now = desk.edge.now.plusSeconds(1);
        desk.edge.answer(
                tap.check(),
                new Answer.Valid(DeskFixture.COVERAGE, new Insured("田中 一郎", "ﾃｽﾄ", LocalDate.of(1980, 4, 2))));

        String page = browser.open("/").body();
        assertThat(page).contains("1980-04-02");
        assertThat(key(page)).isNotEqualTo(before);
    }

    private static String key(String page) {
        Matcher matcher = Pattern.compile("data-key=\"([^\"]+)\"").matcher(page);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    void invalid_newer_exists_not_found_and_several_say_different_things_to_do() {
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        desk.edge.answer(tap.check(), new Answer.InvalidNewerExists(null));
        browser.showsInBothLanguages("この資格は無効です", "This eligibility is invalid");
        browser.showsInBothLanguages("新しい資格があります", "The patient has a new eligibility");

        desk.edge.now = desk.edge.now.plusSeconds(1);
        desk.edge.answer(tap.check(), new Answer.NotFound());
        assertThat(browser.showsInBothLanguages("該当する資格がありません", "No eligibility was found"))
                .doesNotContain("この資格は無効です", "This eligibility is invalid");
        browser.showsInBothLanguages("利用登録と加入先", "with which insurer");

        desk.edge.now = desk.edge.now.plusSeconds(1);
        desk.edge.answer(tap.check(), new Answer.Several());
        assertThat(browser.showsInBothLanguages("複数の資格が該当します", "Several eligibilities were found"))
                .doesNotContain("該当する資格がありません", "No eligibility was found");
        browser.showsInBothLanguages("資格が一つに決まりません", "to know which one is in force");
    }

    @Test
    void a_card_taken_away_after_a_wrong_pin_tells_what_it_has_left_in_a_calm_panel() {
        desk.reader.put(DeskFixture.CARD_A);
        desk.reader.willEndWith(new CardReading.WrongPin(2));
        desk.tap();
        desk.reader.remove();

        assertThat(browser.showsInBothLanguages("そのカードの暗証番号は残り 2 回です", "It has 2 PIN tries left"))
                .contains("class=\"tap calm\"", "reader.svg")
                .doesNotContain("暗証番号が違います", "The PIN is wrong");
    }

    @Test
    void two_visits_of_one_patient_on_a_day_are_told_apart() {
        browser.open("/deferred");
        browser.send("/deferred", Map.of("clinic", CLINIC, "patientName", "田中 一郎"));
        desk.answerValid(desk.tap(DeskFixture.CARD_A).check(), "田中 一郎");
        assertThat(browser.open("/").body()).doesNotContain("件のうちの 1 件");

        List<DeskVisit> visits = desk.book().on(DeskFixture.TODAY);
        browser.send(
                "/join",
                Map.of(
                        "clinic",
                        CLINIC,
                        "a",
                        visits.getLast().judged().patient().toString(),
                        "b",
                        visits.getFirst().judged().patient().toString()));

        browser.showsInBothLanguages("後日確認・同じ患者のこの日の 2 件", "Deferred; one of 2 visits of this patient");
        browser.showsInBothLanguages("カード(暗証番号)・同じ患者のこの日の 2 件", "Card with PIN; one of 2 visits of this patient");
    }

    @Test
    void a_join_is_offered_with_an_answer_that_may_confirm_and_not_with_a_no() {
        browser.open("/deferred");
        browser.send("/deferred", Map.of("clinic", CLINIC, "patientName", "山田 花子"));

        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        browser.showsInBothLanguages("山田 花子", "The same person as 山田 花子");
        desk.edge.answer(tap.check(), new Answer.Invalid(null));

        assertThat(browser.showsInBothLanguages("この資格は無効です", "This eligibility is invalid"))
                .doesNotContain("The same person as", "action=\"/join\"");
        assertThat(browser.open("/visit?id=" + tap.visit()).body()).contains("/join?a=");
    }

    @Test
    void a_no_leads_straight_to_the_document_for_that_visit_and_its_reason_is_the_no() {
        desk.edge.answer(desk.tap(DeskFixture.CARD_A).check(), new Answer.Invalid(null));
        String form = "/document?visit=" + desk.onlyVisit().judged().visit();

        assertThat(browser.open("/").body()).contains("href=\"" + form + "&amp;clinic=" + CLINIC + "\"");
        assertThat(browser.open(form).body())
                .contains("value=\"ANSWER_NEGATIVE\" selected", "value=\"ELIGIBILITY_CERTIFICATE\" checked autofocus");
        assertThat(browser.open("/document").body()).contains("value=\"NO_CARD\" selected");
    }

    @Test
    void a_tap_of_an_attested_patient_that_was_not_answered_yet_does_not_say_that_it_was() {
        desk.answerValid(desk.tap(DeskFixture.CARD_A).check(), "見本 花子");
        desk.later(1);
        desk.commands
                .attest(Map.of(
                        "patient", desk.book().patients().getFirst().patient().toString(), "basis", "own_record"))
                .join();
        desk.tap(DeskFixture.CARD_A);

        browser.showsInBothLanguages("問い合わせています", "Asking");
    }

    @Test
    void what_was_taken_back_is_still_said_when_the_card_is_looked_at_again() {
        String fact = desk.tap(DeskFixture.CARD_A).fact().toString();
        browser.open("/");

        assertThat(browser.send("/withdraw", Map.of("fact", fact, "reason", "MISTAKE", "clinic", CLINIC))
                        .body())
                .contains("<div class=\"flash\" role=\"status\" data-stays>");
    }
}
