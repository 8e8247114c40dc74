package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/// A blind practitioner alone at the reception: nothing here looks at the page, only at what a screen reader is given.
@ExtendWith(Reception.class)
class DeskByEarIT {
    private final RunningUp up;
    private final Browser browser;
    private final Ear ear;

    DeskByEarIT(RunningUp up, Browser browser) {
        this.up = up;
        this.browser = browser;
        this.ear = new Ear(browser);
    }

    @BeforeEach
    void open_the_desk() throws Exception {
        browser.go(up.desk().resolve("/?lang=ja"));
        browser.awaitShown("#tap");
    }

    @AfterEach
    void leave_the_desk_empty() throws Exception {
        Reception.clear(up, browser);
    }

    @Test
    void a_visit_with_pin() throws Exception {
        up.putDown("hanako");
        ear.hears("say-now", "カードを確かめました", "残り回数: 3 回");
        ear.awaitFocus("textbox", "暗証番号(数字4桁)", "required=true", "入力した桁数だけを読み上げます");
        browser.press("12");
        ear.hears("say-list", "2 桁");
        browser.press("34");
        ear.hears("say-list", "4 桁");
        assertThat(browser.heard("say-list") + browser.heard("say-now")).doesNotContain("1234");
        browser.press(Keys.ENTER);
        ear.hears("say-now", "有効", "資格を確認できました", "見本　花子");
        browser.pressAlt("5");
        ear.awaitFocus("heading", "の受付");
        assertThat(ear.rows()).anySatisfy(row -> assertThat(row).contains("見本　花子", "確認済み(有効)", "することはありません"));
        browser.pressAlt("0");
        ear.hears("say-now", "有効", "見本　花子");
    }

    @Test
    void a_deferral_with_a_slip_of_the_finger() throws Exception {
        browser.pressAlt("2");
        ear.awaitFocus("textbox", "患者さんの名前", "required=true", "マイナンバー(12桁の番号)は書かないでください");
        browser.press("見本 1234 5678 9012", Keys.ENTER);
        ear.awaitFocus("alert", "入力を確かめてください", "マイナンバーは記録できません");
        ear.tabTo("link", "直す欄へ移る");
        browser.press(Keys.ENTER);
        ear.awaitFocus("textbox", "患者さんの名前", "invalid=true");
        browser.press(Keys.END, Keys.BACK_SPACE.toString().repeat("1234 5678 9012".length()));
        browser.press("耳", Keys.ENTER);
        ear.hears("say-list", "記録しました", "までに確認してください");
        ear.tabTo("link", "見本 耳");
        assertThat(ear.rows()).anySatisfy(row -> assertThat(row).contains("見本 耳", "後日確認", "確認期限"));

        browser.pressAlt("9");
        ear.hears("say-list", "取り消しました");
        assertThat(ear.rows()).noneMatch(row -> row.contains("見本 耳"));
    }

    @Test
    void a_look_up_in_the_history() throws Exception {
        up.json("edge", "defer", "--patient-name", "見本 昔");
        browser.pressAlt("6");
        ear.awaitFocus("textbox", "名前・カナの一部");
        browser.press("昔", Keys.ENTER);
        browser.awaitText("#found-title", "1 件");
        ear.tabTo("link", "見本 昔");
        assertThat(ear.rows()).hasSize(2).anySatisfy(row -> assertThat(row).contains("見本 昔", "初検", "後日確認"));
        browser.press(Keys.ENTER);
        browser.awaitText("h1", "見本 昔");
        browser.script("""
                window.spoken = [];
                window.voices = [{ lang: 'ja-JP', localService: false }];
                window.SpeechSynthesisUtterance = function (text) { this.text = text; };
                speechSynthesis.getVoices = () => window.voices;
                speechSynthesis.speak = said => window.spoken.push(said.lang + ': ' + said.text);
                speechSynthesis.dispatchEvent(new Event('voiceschanged'));""");
        assertThat(browser.script("return document.querySelector('[data-speak]').hidden"))
                .as("with no voice but one that sends what is read to its maker")
                .isEqualTo(true);
        browser.script("""
                window.voices = [{ lang: 'ja-JP', localService: true }];
                speechSynthesis.dispatchEvent(new Event('voiceschanged'));""");
        ear.tabTo("button", "読み上げ");
        browser.press(Keys.ENTER);
        browser.pressAlt("8");
        assertThat((List<?>) browser.script("return window.spoken"))
                .hasSize(2)
                .satisfies(said -> assertThat(said.getFirst()).asString().startsWith("ja: 見本 昔 さん"))
                .satisfies(said -> assertThat(said.getLast()).isEqualTo("ja: 受付の画面をご覧ください。"));
    }

    @Test
    void what_is_copied_reaches_the_clipboard() throws Exception {
        browser.protocol(
                "Browser.grantPermissions",
                Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        String visit = up.json("edge", "defer", "--patient-name", "見本 写し").getString("visit");
        browser.go(up.desk().resolve("/visit?id=" + visit));
        ear.tabTo("button", "文字でコピー");
        browser.press(Keys.ENTER);
        ear.hears("say-now", "この受付の内容をコピーしました");
        assertThat(browser.script("return navigator.clipboard.readText()"))
                .asString()
                .startsWith("資格確認の結果 1\n施術所: 1380000016\n")
                .contains("患者: 見本 写し");
    }
}
