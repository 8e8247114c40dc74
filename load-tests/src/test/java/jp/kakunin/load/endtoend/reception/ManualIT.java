package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import jp.kakunin.edge.desk.PlayedDesk;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// The clinic's manual, read and listened to; and its pictures, made anew from the program with
/// `-Dkakunin.manual.pictures=write`.
class ManualIT {
    private static final Path FOLDER = Path.of("../ops/manual");
    private static final Pattern PICTURE = Pattern.compile("/help/pictures/([a-z0-9-]+)\\.png");
    private static final int WIDTH = 1_200;
    private static final int HEIGHT_MAX = 1_000;
    private static final double SCALE = 0.7;

    @Test
    void a_chapter_is_read_aloud_by_a_voice_of_this_computer_alone() throws Exception {
        try (Browser browser = Browser.open(Files.createTempDirectory("kakunin-manual"));
                PlayedDesk desk = PlayedDesk.open("help")) {
            browser.go(desk.page());
            browser.script("""
                    window.said = [];
                    window.voices = [{ lang: 'ja-JP', localService: false }];
                    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
                    speechSynthesis.getVoices = () => window.voices;
                    speechSynthesis.speak = one => window.said.push(one.text);
                    speechSynthesis.dispatchEvent(new Event('voiceschanged'));""");
            assertThat(browser.script("return document.querySelector('[data-chapter=offline]').hidden"))
                    .isEqualTo(true);
            browser.script("""
                    window.voices = [{ lang: 'ja-JP', localService: true }];
                    speechSynthesis.dispatchEvent(new Event('voiceschanged'));""");
            browser.tabTo("[data-chapter=offline]");
            browser.press(Keys.ENTER);
            assertThat((List<?>) browser.script("return window.said"))
                    .anyMatch(sentence -> sentence.equals("患者さんの名前とれんらくさきを、紙にも控えます。"))
                    .anyMatch(sentence -> sentence.toString().contains("画面の絵"))
                    .noneMatch(sentence -> sentence.toString().contains("連絡先"));
            assertThat(
                            browser.script(
                                    "return [...document.images].every(image => image.loading === 'lazy' || image.naturalWidth > 0)"))
                    .isEqualTo(true);
        }
    }

    @Test
    void its_pictures_can_be_made_anew() throws Exception {
        boolean write = "write".equals(System.getProperty("kakunin.manual.pictures"));
        List<String> names = PICTURE.matcher(Files.readString(FOLDER.resolve("manual.html")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .distinct()
                .toList();
        assertThat(names).isNotEmpty();
        try (Browser browser = Browser.open(Files.createTempDirectory("kakunin-manual"))) {
            for (String name : names) {
                try (PlayedDesk desk = PlayedDesk.open(name)) {
                    byte[] picture = picture(browser, desk);
                    assertThat(picture.length).as(name).isGreaterThan(1_000);
                    if (write) {
                        Files.write(FOLDER.resolve("pictures").resolve(name + ".png"), picture);
                    }
                }
            }
        }
    }

    private static byte[] picture(Browser browser, PlayedDesk desk) throws Exception {
        EveryDeskStateIT.show(browser, desk, "ja");
        browser.script("document.querySelectorAll('details').forEach(part => { part.open = false; })");
        browser.protocol(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", WIDTH, "height", HEIGHT_MAX, "deviceScaleFactor", 1, "mobile", false));
        try {
            Number height = (Number) browser.script(
                    "return Math.ceil(document.querySelector('main').getBoundingClientRect().bottom + scrollY)");
            Map<String, Object> clip = Map.of(
                    "x", 0, "y", 0, "width", WIDTH, "height", Math.min(HEIGHT_MAX, height.intValue()), "scale", SCALE);
            Map<String, Object> taken =
                    browser.protocol("Page.captureScreenshot", Map.of("format", "png", "clip", clip));
            return Base64.getDecoder().decode(String.valueOf(taken.get("data")));
        } finally {
            browser.protocol("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }
}
