package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import jp.kakunin.load.endtoend.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/// A receptionist at work without a mouse, on the real card stack.
@ExtendWith(Reception.class)
class DeskBrowserIT {
    private final RunningUp up;
    private final Browser browser;

    DeskBrowserIT(RunningUp up, Browser browser) {
        this.up = up;
        this.browser = browser;
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
    void a_pin_check_is_answered_seen_heard_and_leaves_no_pin_behind() throws Exception {
        up.putDown("hanako");
        browser.awaitFocus("#pin");
        browser.press("1234");
        browser.awaitHeard("say-list", "4 桁");
        browser.press(Keys.ENTER);

        browser.awaitText("#tap.good .heading", "有効");
        browser.awaitHeard("say-now", "有効");
        assertThat(browser.heard("say-now")).contains("見本　花子");
        assertThat(browser.focusIsOn("#tap, #tap *")).isTrue();
        assertThat(browser.script("return document.getElementById('say-now').getAttribute('aria-live')"))
                .isEqualTo("assertive");
        browser.awaitText("#visits", "見本　花子");
        browser.picture("ja-desk-answered");
        assertThat(browser.address()).doesNotContain("1234");
        assertThat(browser.source().replaceAll("[0-9a-f-]{36}", "")).doesNotContain("1234");
        assertThat(browser.script("return JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"))
                .asString()
                .doesNotContain("1234");
    }

    @Test
    void a_deferred_first_visit_is_recorded_and_taken_back() throws Exception {
        browser.pressAlt("2");
        browser.awaitFocus("#patientName");
        browser.press("見本 取消", Keys.ENTER);

        browser.awaitText(".flash", "までに確認してください");
        browser.awaitHeard("say-list", "までに確認してください");
        browser.awaitText("#visits", "見本 取消");
        browser.awaitText("#visits .chip.deferred", "後日確認");
        Object row = browser.script("""
                return [...document.querySelectorAll('[data-row]')]
                    .find(row => row.textContent.includes('見本 取消')).dataset.row""");
        browser.tabTo("[data-row='" + row + "'] a");
        browser.press(Keys.ENTER);
        browser.awaitShown(".entries");
        browser.tabTo(".entries summary");
        browser.press(Keys.ENTER);
        browser.tabTo(".entries button");
        browser.press(Keys.ENTER);
        browser.awaitText(".flash", "取り消しました");
        browser.go(up.desk());
        assertThat(browser.text("#visits")).doesNotContain("見本 取消");
    }

    @Test
    void a_missing_name_is_pointed_out_where_it_is_missing() throws Exception {
        browser.pressAlt("2");
        browser.awaitFocus("#patientName");
        browser.press("123456789012", Keys.ENTER);

        browser.awaitFocus("#problem");
        assertThat(browser.text("#problem")).contains("マイナンバー");
        assertThat(browser.script("return document.getElementById('patientName').getAttribute('aria-invalid')"))
                .isEqualTo("true");
        browser.picture("ja-deferred-problem");
    }

    @Test
    void a_returning_patient_is_attested_orally() throws Exception {
        browser.pressAlt("3");
        browser.awaitFocus("#patient");
        browser.press(Keys.TAB);
        assertThat(browser.focusIsOn("#patientName")).as(browser.focus()).isTrue();
        browser.press("見本 再来");
        browser.tabTo("input[name=basis]");
        assertThat(browser.focusIsOn("[value=own_record]")).as(browser.focus()).isTrue();
        browser.tabTo("button.primary");
        browser.press(Keys.ENTER);

        browser.awaitText(".flash", "口頭確認");
        browser.awaitText("#visits", "見本 再来");
        browser.awaitText("#visits .chip.attested", "口頭確認");
    }

    @Test
    void a_check_without_the_hub_waits_and_is_answered_on_the_open_page() throws Exception {
        up.stopHub();
        try {
            browser.awaitShown("#status .warn");
            up.putDown("sakura");
            browser.awaitFocus("#pin");
            browser.press("1234", Keys.ENTER);
            browser.awaitShown("#tap.warn form[action='/next']");
            browser.awaitHeard("say-now", "自動で問い合わせます");
            browser.awaitShown("#visits .chip.waiting");
            browser.picture("ja-desk-waiting");
            browser.script("window.sameDocument = true");
        } finally {
            up.startHub();
        }

        browser.awaitText("#tap.good .heading", "有効");
        browser.awaitHeard("say-now", "見本　桜");
        Until.until("no row waits", () -> !browser.shows("#visits .chip.waiting"));
        assertThat(browser.script("return window.sameDocument")).isEqualTo(true);
    }

    @Test
    void a_deferred_first_visit_is_joined_with_the_card_that_came_later() throws Exception {
        browser.pressAlt("2");
        browser.awaitFocus("#patientName");
        browser.press("見本 後日", Keys.ENTER);
        browser.awaitText("#visits", "見本 後日");
        browser.picture("ja-desk-deferred");
        browser.pressAlt("1");
        up.putDown("yuki");
        browser.awaitFocus("#pin");
        browser.press("1234", Keys.ENTER);
        browser.awaitText("#tap.good .join", "見本 後日");
        assertThat(browser.shows(".flash"))
                .as("what was said about the patient before")
                .isFalse();
        browser.picture("ja-desk-join");
        browser.tabTo("form[action='/join'] button");
        assertThat(browser.text("form[action='/join'] button")).contains("見本 後日");
        browser.press(Keys.ENTER);

        browser.awaitShown(".flash form");
        Until.until("confirmed", () -> !browser.shows("#visits .chip.deferred"));
        browser.picture("ja-desk-joined");

        browser.tabTo(".flash button");
        browser.press(Keys.ENTER);
        browser.awaitShown("#visits .chip.deferred");
        browser.awaitText(".flash", "元に戻しました");
    }

    @Test
    void the_language_is_switched_and_stays() throws Exception {
        browser.tabTo(".language a");
        browser.press(Keys.ENTER);
        browser.awaitShown("html[lang=en]");
        assertThat(browser.text("#tap-title")).isEqualTo("Card check");
        browser.pressAlt("3");
        browser.awaitText("h1", "Oral attestation");
        browser.go(up.desk());
        assertThat(browser.shows("html[lang=en]")).isTrue();
    }

    @Test
    void every_step_of_tab_is_seen_and_goes_forward() throws Exception {
        // A link to the unsent that goes while it has the focus leaves the walker at its section: right, but no step.
        Until.until("nothing unsent", () -> !browser.shows("#status .info, #status .warn"));
        browser.press(Keys.TAB);
        int steps = 0;
        for (; !browser.focusIsOn("body, .keys summary"); steps++) {
            assertThat(steps).as("steps through the desk").isLessThan(60);
            // The desk redraws what became news while we walk, so a step is known by what it is, not as an element.
            Object step = browser.script("""
                    const name = step => [step.tagName, step.id, step.name, step.getAttribute('href'),
                        step.closest('[data-row], form, dl > div, section')?.textContent].join();
                    const steps = [...document.querySelectorAll('a, button, input, select, summary')].map(name);
                    const at = document.activeElement, style = getComputedStyle(at), before = window.lastStep;
                    window.lastStep = name(at);
                    // Inside a date field the browser itself marks the part that has the focus.
                    const seen = name(at) === before || at.matches(':focus-visible') && style.outlineStyle !== 'none'
                        && parseFloat(style.outlineWidth) >= 2;
                    const forward = steps.indexOf(name(at)) >= steps.indexOf(before);
                    return seen && at.getClientRects().length > 0 && forward ? ''
                        : `${at.outerHTML.slice(0, 200)} after ${before}, seen ${seen}`;""");
            assertThat(step).as("a step that is not seen, or goes back").isEqualTo("");
            browser.press(Keys.TAB);
        }
        assertThat(steps).isGreaterThan(6);
    }

    @Test
    void at_twice_and_four_times_the_size_nothing_is_cut_off_sideways() throws Exception {
        up.putDown("taro");
        browser.awaitShown("#pin");
        for (String page : new String[] {"/", "/deferred", "/oral", "/document"}) {
            browser.go(up.desk().resolve(page));
            for (int width : new int[] {683, 341}) {
                browser.protocol(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", width, "height", 450, "deviceScaleFactor", 1, "mobile", false));
                assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                        .as("%s at %d pixels", page, width)
                        .isEqualTo(true);
            }
            browser.protocol("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }
}
