package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jp.kakunin.edge.desk.PlayedDesk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every page and state of the desk, in both languages, at twice the size and in high contrast: checked for
/// accessibility and pictured for a person. That none is missing is looked after where the states are.
class EveryDeskStateIT {
    /// What a screen of 1366 pixels has left at 200 %.
    private static final int HALF_WIDTH = 683;

    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        browser = Browser.open(Files.createTempDirectory("kakunin-states"));
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    static Stream<String> states() {
        return PlayedDesk.names().stream();
    }

    @ParameterizedTest
    @MethodSource("states")
    void a_state(String name) throws Exception {
        for (String language : List.of("ja", "en")) {
            try (PlayedDesk desk = PlayedDesk.open(name)) {
                show(browser, desk, language);
                browser.picture("states/" + name + "-" + language);
                Axe.findsNothingOn(browser, name + " in " + language);
                browser.protocol(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", HALF_WIDTH, "height", 450, "deviceScaleFactor", 1, "mobile", false));
                try {
                    assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                            .as("%s in %s at twice the size", name, language)
                            .isEqualTo(true);
                } finally {
                    browser.protocol("Emulation.clearDeviceMetricsOverride", Map.of());
                }
                if (language.equals("ja")) {
                    inHighContrast(name);
                }
            }
        }
    }

    private static void inHighContrast(String name) throws Exception {
        List<Map<String, String>> contrast = List.of(Map.of("name", "forced-colors", "value", "active"));
        browser.protocol("Emulation.setEmulatedMedia", Map.of("features", contrast));
        try {
            browser.picture("states/" + name + "-contrast");
            Axe.findsNothingOn(browser, name + " in high contrast");
        } finally {
            browser.protocol("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        }
    }

    static void show(Browser browser, PlayedDesk desk, String language) throws Exception {
        URI page = desk.page();
        String query = page.getRawQuery() == null ? "" : page.getRawQuery() + "&";
        browser.go(page.resolve(page.getRawPath() + "?" + query + "lang=" + language));
        // The manual is in Japanese, whoever asks.
        browser.awaitShown("html[lang=" + (page.getPath().equals("/help") ? "ja" : language) + "]");
        if (desk.sends()) {
            browser.script("""
                    const form = document.querySelector('main .fields');
                    Object.entries(arguments[0]).forEach(([name, value]) => {
                        const field = form.elements[name];
                        field.value = value;
                    });
                    form.noValidate = true;
                    window.before = true;
                    form.requestSubmit();""", desk.typed());
            browser.awaitScript("return window.before !== true && document.readyState === 'complete'");
        }
        browser.script("document.querySelectorAll('details').forEach(part => { part.open = true; })");
    }
}
