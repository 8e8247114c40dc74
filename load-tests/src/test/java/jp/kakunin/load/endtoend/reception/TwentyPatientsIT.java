package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.kakunin.load.endtoend.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/// A full hour at the desk of one clinic, on the real card stack, with the keyboard alone: every kind of visit there
/// is, one after the other, while the hub goes away and comes back. What the desk, its history and the hub hold at the
/// end is compared with what was done.
@ExtendWith(Reception.class)
class TwentyPatientsIT {
    private static final String PIN = "1234";

    /// A card that was answered with no: nobody has said whose it is.
    private static final String NAMELESS = "カードの患者";

    /// The PIN and Enter: the field has the focus as soon as the card is there.
    private static final int TAP_STROKES_MAX = 5;

    /// A wrong PIN costs itself, and nothing on top.
    private static final int WRONG_PIN_STROKES_MAX = 2 * TAP_STROKES_MAX;

    /// Past the PIN and what belongs to it.
    private static final int VISUAL_STROKES_MAX = 5;

    private static final int BLOCKED_STROKES_MAX = 3;
    private static final int LAST_TRY_STROKES_MAX = TAP_STROKES_MAX + 2;

    /// The form, its field for the name, Enter; the eligibility certificate is chosen already.
    private static final int CERTIFICATE_STROKES_MAX = 3;

    /// On top of that: which paper, and why not the card.
    private static final int OTHER_DOCUMENT_STROKES_MAX = 10;

    /// From field to field; what stands on the paper is written on top.
    private static final int FULL_CERTIFICATE_STROKES_MAX = 15;

    private static final int ORAL_STROKES_MAX = 3;
    private static final int DEFERRAL_STROKES_MAX = 2;

    /// From the answer "no" on the panel straight to the form for this visit.
    private static final int DESPITE_STROKES_MAX = 3;

    private static final int UNDO_STROKES_MAX = 1;
    private static final int JOIN_STROKES_MAX = 6;
    private static final int SECOND_JOIN_STROKES_MAX = JOIN_STROKES_MAX + 1;

    private final RunningUp up;
    private final Browser browser;
    private final Hand hand;

    /// What was done: name of the patient, and what the visit must stand at.
    private final List<String> script = new ArrayList<>();

    TwentyPatientsIT(RunningUp up, Browser browser) {
        this.up = up;
        this.browser = browser;
        this.hand = new Hand(browser);
    }

    @AfterEach
    void leave_the_desk_empty() throws Exception {
        Reception.clear(up, browser);
    }

    @Test
    void twenty_patients_of_every_kind_by_keyboard_alone() throws Exception {
        browser.go(up.desk().resolve("/?lang=ja"));
        browser.awaitShown("#tap");

        theMorning();
        whatGoesWrong();
        up.stopHub();
        try {
            browser.awaitShown("#status .warn");
            withoutTheHub();
        } finally {
            up.startHub();
        }
        whenItIsBack();
        theRest();

        assertThat(script).hasSize(21);
        theListSaysWhatWasDone();
        theHubSaysTheSame();
        hand.costs().forEach(System.out::println);
    }

    private void theMorning() throws Exception {
        hand.step("1 tap with PIN", TAP_STROKES_MAX, () -> tap("hanako"));
        answered("見本　花子");
        hand.step("2 wrong PIN, then the right one", WRONG_PIN_STROKES_MAX, () -> {
            lay("taro");
            hand.digits("0000");
            hand.press(Keys.ENTER);
            browser.awaitText("#tap .tries", "残り回数: 2 回");
            browser.awaitHeard("say-now", "暗証番号が違います");
            browser.awaitFocus("#pin");
            hand.digits(PIN);
            hand.press(Keys.ENTER);
        });
        answered("見本　太郎");
        hand.step("3 visual check", VISUAL_STROKES_MAX, () -> {
            lay("sakura");
            hand.tabTo("input[value=visual] ~ button");
            hand.press(Keys.ENTER);
        });
        answered("見本　桜");
        hand.step("4 eligibility certificate", CERTIFICATE_STROKES_MAX, () -> {
            document("見本 資格");
            hand.press(Keys.ENTER);
        });
        recorded("見本 資格", "INITIAL CONFIRMED DOCUMENT", "書類による確認");
        hand.step("5 portal screen", OTHER_DOCUMENT_STROKES_MAX, () -> otherDocument("見本 画面", 1));
        recorded("見本 画面", "INITIAL CONFIRMED DOCUMENT", "書類による確認");
        hand.step("6 eligibility notice", OTHER_DOCUMENT_STROKES_MAX, () -> otherDocument("見本 通知", 2));
        recorded("見本 通知", "INITIAL CONFIRMED DOCUMENT", "書類による確認");
        hand.step("7 oral attestation", ORAL_STROKES_MAX, () -> attest("見本 再来"));
        recorded("見本 再来", "REPEAT ATTESTED null", "口頭確認");
        hand.step("8 deferred first visit", DEFERRAL_STROKES_MAX, () -> defer("見本 後日"));
        recorded("見本 後日", "INITIAL DEFERRED null", "までに確認してください");
    }

    private void whatGoesWrong() throws Exception {
        hand.step("9 tap that is answered with no", TAP_STROKES_MAX, () -> tap("jiro"));
        browser.awaitText("#tap.bad .heading", "この資格は無効です");
        browser.awaitHeard("say-now", "この資格は無効です");
        hand.step("9 a certificate in spite of it", DESPITE_STROKES_MAX, () -> {
            hand.tabTo("#tap a[href^='/document']");
            hand.press(Keys.ENTER);
            browser.awaitText("main", "有効な資格を確認できませんでした");
            browser.awaitFocus("[name=document]");
            hand.press(Keys.ENTER);
        });
        recorded(NAMELESS, "INITIAL CONFIRMED DOCUMENT_DESPITE", "書類による確認");
        hand.step("10 expired certificate in its grace", TAP_STROKES_MAX, () -> {
            lay("expired");
            browser.awaitText("#tap .note", "期限が切れました");
            pin();
        });
        answered("見本　二月");
        hand.step("11 the card of whoever came along", TAP_STROKES_MAX, () -> tap("expiring"));
        browser.awaitText("#tap.good .heading", "有効");
        hand.step("11 taken back", UNDO_STROKES_MAX, () -> hand.alt("9"));
        browser.awaitText(".flash", "取り消しました");
        Until.until("no trace in the list", () -> !browser.text("#visits").contains("見本　一月"));
        hand.step("11 has a certificate", CERTIFICATE_STROKES_MAX, () -> {
            document("見本 付添");
            hand.press(Keys.ENTER);
        });
        recorded("見本 付添", "INITIAL CONFIRMED DOCUMENT", "書類による確認");
        hand.step("12 a certificate copied in full", FULL_CERTIFICATE_STROKES_MAX, this::certificateInFull);
        recorded("見本 全部", "INITIAL CONFIRMED DOCUMENT", "書類による確認");
        hand.step("8 comes back with the card", TAP_STROKES_MAX, () -> tap("yuki"));
        answered("見本　雪");
        hand.step("8 is the same person", JOIN_STROKES_MAX, () -> join("見本 後日"));
        Until.until("no visit is deferred", () -> !browser.shows("#visits .chip.deferred"));
        script.remove("見本 後日: INITIAL DEFERRED null");
        script.add("見本　雪: INITIAL CONFIRMED CARD");
    }

    private void withoutTheHub() throws Exception {
        hand.step("13 tap without the hub", TAP_STROKES_MAX, () -> tap("lapsed"));
        browser.awaitHeard("say-now", "自動で問い合わせます");
        hand.step("14 deferral without the hub", DEFERRAL_STROKES_MAX, () -> defer("見本 停電"));
        recorded("見本 停電", "INITIAL DEFERRED null", "までに確認してください");
        hand.step("15 blocked PIN, visual check without the hub", BLOCKED_STROKES_MAX, () -> {
            lay("blocked", "#tap form[action='/tap']");
            hand.tabTo("input[value=visual] ~ button");
            hand.press(Keys.ENTER);
        });
        browser.awaitHeard("say-now", "自動で問い合わせます");
        hand.step("16 oral attestation without the hub", ORAL_STROKES_MAX, () -> attest("見本 常連"));
        recorded("見本 常連", "REPEAT ATTESTED null", "口頭確認");
    }

    private void whenItIsBack() throws Exception {
        browser.awaitText("#visits", "見本　四月");
        browser.awaitText("#visits", "見本　三月");
        Until.until("nothing waits", () -> !browser.shows("#visits .chip.waiting"));
        script.add("見本　三月: INITIAL CONFIRMED CARD");
        script.add("見本　四月: INITIAL CONFIRMED CARD");
    }

    private void theRest() throws Exception {
        hand.step("17 deferred first visit", DEFERRAL_STROKES_MAX, () -> defer("見本 同姓"));
        recorded("見本 同姓", "INITIAL DEFERRED null", "までに確認してください");
        hand.step("18 last try of the PIN", LAST_TRY_STROKES_MAX, () -> {
            lay("lasttry");
            hand.digits(PIN);
            hand.press(Keys.TAB, Keys.SPACE, Keys.ENTER);
        });
        answered("見本　五月");
        hand.step("18 taken for 17 by mistake", SECOND_JOIN_STROKES_MAX, () -> join("見本 同姓"));
        hand.step("18 and 17 split again", UNDO_STROKES_MAX, () -> hand.alt("9"));
        browser.awaitText(".flash", "元に戻しました");
        browser.awaitText("#visits", "見本 同姓");
        hand.step("19 a card nobody knows", TAP_STROKES_MAX, () -> tap("stranger"));
        browser.awaitText("#tap.bad .heading", "該当する資格がありません");
        script.add(NAMELESS + ": INITIAL REFUSED null");
        hand.step("20 oral attestation", ORAL_STROKES_MAX, () -> attest("見本 二十"));
        recorded("見本 二十", "REPEAT ATTESTED null", "口頭確認");
    }

    private void lay(String card) throws Exception {
        lay(card, "#pin");
        browser.awaitFocus("#pin");
    }

    /// The patient's part, after the one before has taken the card along.
    private void lay(String card, String shown) throws Exception {
        up.takeAway();
        browser.awaitText("#status", "使えます");
        up.putDown(card);
        browser.awaitText("#status", "カードあり");
        browser.awaitShown(shown);
    }

    private void tap(String card) throws Exception {
        lay(card);
        pin();
    }

    private void pin() {
        hand.digits(PIN);
        hand.press(Keys.ENTER);
    }

    private void defer(String name) throws Exception {
        hand.alt("2");
        browser.awaitFocus("#patientName");
        hand.write(name);
        hand.press(Keys.ENTER);
    }

    private void attest(String name) throws Exception {
        hand.alt("3");
        browser.awaitFocus("#patient");
        hand.press(Keys.TAB);
        hand.write(name);
        hand.press(Keys.ENTER);
    }

    private void document(String name) throws Exception {
        hand.alt("4");
        browser.awaitFocus("#patient");
        hand.press(Keys.TAB);
        hand.write(name);
    }

    /// @param downs how far below the eligibility certificate it stands
    private void otherDocument(String name, int downs) throws Exception {
        document(name);
        hand.tabTo("[name=document]");
        for (int i = 0; i < downs; i++) {
            hand.press(Keys.ARROW_DOWN);
        }
        hand.tabTo("#reason");
        hand.press(Keys.ARROW_DOWN);
        // A list does not send the form; the choice before it does.
        hand.back();
        hand.press(Keys.ENTER);
    }

    private void certificateInFull() throws Exception {
        document("見本 全部");
        hand.tabTo("#insurer");
        hand.write("01139013");
        hand.press(Keys.TAB);
        hand.write("90010001");
        hand.press(Keys.TAB);
        hand.write("102");
        hand.press(Keys.TAB, Keys.TAB, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.TAB);
        hand.write("04012020");
        hand.press(Keys.ENTER);
    }

    private void join(String name) throws Exception {
        browser.awaitText("#tap .join", name);
        hand.tabToText(name);
        assertThat(browser.focusIsOn("form[action='/join'] button"))
                .as(browser.focus())
                .isTrue();
        hand.press(Keys.ENTER);
        browser.awaitText(".flash", "つなぎました");
    }

    private void answered(String name) throws Exception {
        browser.awaitText("#tap.good .who", name);
        browser.awaitHeard("say-now", name);
        script.add(name + ": INITIAL CONFIRMED CARD");
    }

    private void recorded(String name, String standing, String said) throws Exception {
        browser.awaitText(".flash", said);
        browser.awaitHeard("say-list", said);
        browser.awaitText("#visits", name);
        script.add(name + ": " + standing);
    }

    private void theListSaysWhatWasDone() throws Exception {
        hand.alt("6");
        browser.awaitFocus("#name");
        browser.awaitText("#found-title", script.size() + " 件");
        assertThat(visits().values()).containsExactlyInAnyOrderElementsOf(script);
        List<String> rows = new Ear(browser).rows();
        for (String each : script) {
            String name = each.substring(0, each.indexOf(':'));
            assertThat(rows).as(name).anyMatch(row -> row.contains(name));
        }
    }

    private void theHubSaysTheSame() throws Exception {
        Map<String, String> here = visits();
        String month = up.json("edge", "visits")
                .getJsonArray("visits")
                .getJsonObject(0)
                .getString("treatmentDate")
                .substring(0, 7);
        Until.until(
                "nothing is unsent",
                () -> up.json("edge", "status").getJsonObject("unsent").stream()
                        .allMatch(each -> Integer.valueOf(0).equals(each.getValue())));
        JsonObject history = up.json("hub", "history", "--clinic", RunningUp.CLINIC, "--month", month);
        Map<String, String> there = history.getJsonArray("visits").stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.toMap(
                        visit -> visit.getString("visit"), TwentyPatientsIT::standing, (a, _) -> a, TreeMap::new));
        here.replaceAll((_, done) -> done.substring(done.indexOf(": ") + 2));
        assertThat(there).isEqualTo(here);
    }

    private Map<String, String> visits() throws Exception {
        return up.json("edge", "visits").getJsonArray("visits").stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.toMap(
                        visit -> visit.getString("visit"),
                        visit -> (visit.getString("patientName") == null ? NAMELESS : visit.getString("patientName"))
                                + ": " + standing(visit),
                        (a, _) -> a,
                        TreeMap::new));
    }

    private static String standing(JsonObject visit) {
        return visit.getString("kind") + " " + visit.getString("standing") + " " + visit.getString("by");
    }
}
