package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/// An operator at the console: signs in, sees the clinics and what is owed, and never who the patients are.
@ExtendWith(Reception.class)
class ConsoleBrowserIT {
    private static final String PATIENT = "見本 秘密";

    private final RunningUp up;
    private final Browser browser;

    ConsoleBrowserIT(RunningUp up, Browser browser) {
        this.up = up;
        this.browser = browser;
    }

    @Test
    void an_operator_signs_in_and_sees_clinics_and_deferrals_without_names() throws Exception {
        up.json("edge", "defer", "--patient-name", PATIENT);
        assertThat(up.json("card", "tap").getString("standing")).isEqualTo("CONFIRMED");

        browser.go(up.console().resolve("/worklist"));
        browser.awaitFocus("#password");
        browser.picture("ja-console-sign-in");
        browser.press("guess-1", Keys.ENTER);
        browser.awaitText("#message", "パスワードが違います");
        browser.picture("ja-console-wrong-password");
        browser.awaitFocus("#password");
        browser.press(up.operatorPassword(), Keys.ENTER);
        browser.awaitText("table", "さくら接骨院");
        browser.awaitText("table .state", "接続中");

        for (String language : List.of("ja", "en")) {
            look("/?lang=" + language, language + "-console-clinics");
            look("/worklist", language + "-console-worklist");
            assertThat(browser.text("table")).contains(RunningUp.CLINIC);
            browser.tabTo("nav a[href='/']");
            browser.press(Keys.ENTER);
            browser.awaitShown("td a[href^='/clinics/" + RunningUp.CLINIC + "/']");
            browser.tabTo("td a[href^='/clinics/" + RunningUp.CLINIC + "/']");
            browser.press(Keys.ENTER);
            browser.awaitShown(".state.CONFIRMED");
            noPatient();
            browser.picture(language + "-console-month");
        }
        browser.tabTo("form[action='/sign-out'] button");
        browser.press(Keys.ENTER);
        browser.awaitShown("#password");
        browser.go(up.console());
        assertThat(browser.shows("#password")).isTrue();
    }

    private void look(String page, String name) throws Exception {
        browser.go(up.console().resolve(page));
        browser.awaitShown("table");
        noPatient();
        assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        browser.picture(name);
    }

    private void noPatient() {
        assertThat(browser.source())
                .doesNotContain(PATIENT)
                .doesNotContain("見本")
                .doesNotContain("花子")
                .doesNotContain("ミホン")
                .doesNotContain("90010001");
    }
}
