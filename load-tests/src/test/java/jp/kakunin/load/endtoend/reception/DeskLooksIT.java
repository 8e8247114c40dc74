package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/// Every state of the desk in both languages: pictured for a person, and checked for what a screen reader gets.
@ExtendWith(Reception.class)
class DeskLooksIT {
    private static final Set<String> WITH_NAME =
            Set.of("button", "link", "textbox", "combobox", "checkbox", "radio", "table", "navigation", "region");

    private final RunningUp up;
    private final Browser browser;

    DeskLooksIT(RunningUp up, Browser browser) {
        this.up = up;
        this.browser = browser;
    }

    @AfterEach
    void leave_the_desk_empty() throws Exception {
        Reception.clear(up, browser);
    }

    @ParameterizedTest
    @CsvSource({
        "hanako,   PIN,    1234, .good,  valid",
        "jiro,     PIN,    1234, .bad,   invalid",
        "expiring, PIN,    1234, .good,  expiring",
        "expired,  VISUAL, '',   .good,  expired",
        "stranger, VISUAL, '',   .bad,   not-found",
        "taro,     PIN,    0000, .warn,  wrong-pin"
    })
    void a_card_with_its_answer(String card, String way, String pin, String tone, String name) throws Exception {
        browser.go(up.desk());
        up.putDown(card);
        browser.awaitShown("#pin");
        if (name.startsWith("exp")) {
            both(name + "-ready");
        }
        if (way.equals("PIN")) {
            browser.awaitFocus("#pin");
            browser.press(pin, Keys.ENTER);
        } else {
            browser.tabTo("input[value=visual] ~ button");
            browser.press(Keys.ENTER);
        }
        browser.awaitShown("#tap" + tone);
        both(name);
    }

    @ParameterizedTest
    @CsvSource({
        "blocked, .warn form[action='/tap'], blocked",
        "lasttry, [name=lastTryAccepted],    last-try",
        "foreign, .supplier,                 foreign",
    })
    void a_card_that_cannot_simply_be_read(String card, String shown, String name) throws Exception {
        browser.go(up.desk());
        up.putDown(card);
        browser.awaitShown("#tap" + (shown.startsWith(".warn") ? shown : " " + shown));
        both(name);
    }

    @Test
    void the_empty_desk_and_its_forms() throws Exception {
        browser.go(up.desk());
        both("empty");
        JsonObject visit = up.json("edge", "defer", "--patient-name", "見本 形");
        for (String form : List.of("deferred", "oral", "document")) {
            browser.go(up.desk().resolve("/" + form));
            both(form);
        }
        browser.go(up.desk().resolve("/visit?id=" + visit.getString("visit")));
        browser.script("document.querySelectorAll('details').forEach(part => { part.open = true; })");
        Axe.findsNothingOn(browser, "a visit, opened up");
        both("visit");
        for (String list : List.of("open", "history")) {
            browser.go(up.desk().resolve("/" + list));
            both(list);
        }
        browser.go(up.desk().resolve("/join?a=" + visit.getString("patient")));
        both("join");
    }

    @Test
    void the_checker_finds_what_is_wrong() throws Exception {
        browser.go(up.desk());
        browser.script("""
                const image = document.createElement('img');
                image.src = '/static/icon.svg';
                document.querySelector('main').append(image);""");
        assertThatThrownBy(() -> Axe.findsNothingOn(browser, "a page with a picture that has no text"))
                .hasMessageContaining("image-alt");
    }

    @Test
    void refused_forms() throws Exception {
        browser.go(up.desk().resolve("/document"));
        browser.tabTo("#patientName");
        browser.press("見本 誤り");
        browser.tabTo("#insurer");
        browser.press("33120016", Keys.TAB, Keys.TAB, "1", Keys.TAB, Keys.TAB, "2", Keys.TAB, "04012026", Keys.ENTER);
        browser.awaitFocus("#problem");
        assertThat(browser.text("#problem")).contains("保険者番号");
        browser.picture("ja-document-problem");
        Axe.findsNothingOn(browser, "a refused document");
    }

    /// In forced colours the browser takes the clinic's own few; with less motion nothing turns.
    @Test
    void high_contrast_and_reduced_motion() throws Exception {
        List<Map<String, String>> features = List.of(
                Map.of("name", "forced-colors", "value", "active"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"));
        browser.protocol("Emulation.setEmulatedMedia", Map.of("features", features));
        try {
            browser.go(up.desk());
            up.putDown("hanako");
            browser.awaitShown("#pin");
            browser.press("1234", Keys.ENTER);
            browser.awaitShown("#tap.good");
            browser.picture("ja-high-contrast");
            Axe.findsNothingOn(browser, "in high contrast");
            assertThat(browser.script("return document.getAnimations().length")).isEqualTo(0L);
            assertThat(browser.script("""
                    return [...document.querySelectorAll('#tap, .chip, button, input:not([type=hidden])')]
                        .filter(part => part.getClientRects().length > 0)
                        .every(part => getComputedStyle(part).borderStyle !== 'none')""")).isEqualTo(true);
        } finally {
            browser.protocol("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        }
    }

    /// Takes a picture and listens, in Japanese and in English.
    private void both(String name) throws Exception {
        for (String language : List.of("ja", "en")) {
            URI here = URI.create(browser.address());
            String query = here.getQuery() == null ? "" : here.getQuery().replaceAll("&?lang=..", "");
            browser.go(here.resolve(here.getPath() + "?" + query + (query.isEmpty() ? "" : "&") + "lang=" + language));
            browser.awaitShown("html[lang=" + language + "]");
            browser.picture(language + "-" + name);
            everythingIsNamed(language + "-" + name);
            Axe.findsNothingOn(browser, language + "-" + name);
        }
        browser.go(URI.create(browser.address().replace("lang=en", "lang=ja")));
    }

    @SuppressWarnings("unchecked") // the shape of the browser's protocol
    private void everythingIsNamed(String page) {
        var nodes = (List<Map<String, Object>>)
                browser.protocol("Accessibility.getFullAXTree", Map.of()).getOrDefault("nodes", List.of());
        assertThat(nodes).as(page).isNotEmpty();
        int headings = 0;
        for (Map<String, Object> node : nodes) {
            String role = value(node, "role");
            if (WITH_NAME.contains(role) && !Boolean.TRUE.equals(node.get("ignored"))) {
                assertThat(value(node, "name"))
                        .as("name of a %s on %s: %s", role, page, node)
                        .isNotBlank();
            }
            headings += role.equals("heading") ? 1 : 0;
        }
        assertThat(headings).as("headings on " + page).isPositive();
        assertThat(browser.script("return document.querySelectorAll('h1').length"))
                .as("h1 on " + page)
                .isEqualTo(1L);
        assertThat(browser.script("return document.querySelectorAll('main').length"))
                .isEqualTo(1L);
    }

    private static String value(Map<String, Object> node, String key) {
        return node.get(key) instanceof Map<?, ?> holder && holder.get("value") != null
                ? String.valueOf(holder.get("value"))
                : "";
    }
}
