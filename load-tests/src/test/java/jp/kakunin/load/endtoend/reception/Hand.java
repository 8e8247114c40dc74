package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.openqa.selenium.Keys;

/// Somebody at the keyboard, and nothing else: no mouse, no script that presses or fills in. Counts what each step
/// costs, names and numbers that have to be written anyway apart from the keys that lead there.
final class Hand {
    private static final int TABS_MAX = 40;

    private final Browser browser;
    private final List<String> costs = new ArrayList<>();
    private int strokes;
    private int letters;

    Hand(Browser browser) {
        this.browser = browser;
    }

    /// Something a person does at the desk.
    interface Deed {
        void act() throws Exception;
    }

    /// A step that may cost only so many keys, one for each stroke. Alt with a digit is one.
    void step(String name, int strokesMax, Deed deed) throws Exception {
        strokes = 0;
        letters = 0;
        deed.act();
        costs.add(name + ": " + strokes + " of " + strokesMax + (letters == 0 ? "" : ", and " + letters + " letters"));
        assertThat(strokes).as("keys for %s", name).isPositive().isLessThanOrEqualTo(strokesMax);
    }

    /// What each step cost, for the report.
    List<String> costs() {
        return List.copyOf(costs);
    }

    void press(Keys... keys) {
        strokes += keys.length;
        browser.press(keys);
    }

    void digits(String digits) {
        strokes += digits.length();
        browser.press(digits);
    }

    /// A name or a number off a paper.
    void write(String text) {
        letters += text.length();
        browser.press(text);
    }

    void alt(String key) {
        strokes++;
        browser.pressAlt(key);
    }

    void back() {
        strokes++;
        browser.pressShift(Keys.TAB);
    }

    void tabTo(String selector) {
        for (int tabs = 0; !browser.focusIsOn(selector); tabs++) {
            tab(tabs, selector);
        }
    }

    /// Goes on to what says that.
    void tabToText(String part) {
        for (int tabs = 0;
                !String.valueOf(browser.script("return document.activeElement.textContent"))
                                .contains(part)
                        || browser.focusIsOn("body, main, section");
                tabs++) {
            tab(tabs, part);
        }
    }

    private void tab(int tabs, String goal) {
        assertThat(tabs)
                .as("presses of Tab on the way to %s; now on %s", goal, browser.focus())
                .isLessThan(TABS_MAX);
        press(Keys.TAB);
    }
}
