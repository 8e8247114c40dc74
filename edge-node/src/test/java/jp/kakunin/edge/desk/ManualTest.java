package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the manual names exists in the program: pictures, keys, codes, and the words of buttons and headings.
final class ManualTest extends OpenDesk {
    private static final Path FOLDER = Path.of("../ops/manual");
    private static final long PICTURES_BYTES_MAX = 2L * 1024 * 1024;

    private static final String SOURCE = source();

    @Test
    void it_is_served_with_all_its_pictures_and_linked_from_the_desk() {
        assertThat(browser.open("/").body()).contains("<a href=\"/help\"");
        assertThat(browser.open("/help").body()).contains("この手引き".replace("手引", "<ruby>手引<rt>てび</rt></ruby>"));
        for (String picture : pictures()) {
            assertThat(browser.open("/help/pictures/" + picture).statusCode())
                    .as(picture)
                    .isEqualTo(200);
        }
        assertThat(browser.open("/help/pictures/..%2fmanual.html").statusCode()).isEqualTo(404);
    }

    @Test
    void every_picture_is_of_a_state_that_can_be_pictured_anew_and_says_in_words_what_it_shows() throws Exception {
        assertThat(pictures())
                .isNotEmpty()
                .allSatisfy(picture -> assertThat(PlayedDesk.names()).contains(picture.replace(".png", "")));
        assertThat(found("<img src=\"/help[^>]* alt=\"([^\"]*)\""))
                .hasSameSizeAs(pictures())
                .allSatisfy(alt -> assertThat(alt.length()).as(alt).isGreaterThan(20));
        try (Stream<Path> files = Files.list(FOLDER.resolve("pictures"))) {
            List<Path> all = files.toList();
            assertThat(all.stream().map(file -> file.getFileName().toString()).toList())
                    .as("a picture nobody is shown, or one that is missing")
                    .containsExactlyInAnyOrderElementsOf(pictures());
            long bytes = 0;
            for (Path file : all) {
                bytes += Files.size(file);
            }
            assertThat(bytes).isLessThan(PICTURES_BYTES_MAX);
        }
    }

    @Test
    void every_key_is_one_of_the_desk_and_every_one_of_the_desk_is_told() throws Exception {
        Texts texts = Texts.in(Language.JA);
        Set<String> desk = texts.keys().stream()
                .filter(key -> key.startsWith("app.keys."))
                .map(texts::text)
                .collect(Collectors.toSet());
        assertThat(Pattern.compile("<th scope=\"row\"><kbd>([^<]*)</kbd></th><td>([^<]*)</td>")
                        .matcher(SOURCE)
                        .results()
                        .map(row -> row.group(1) + " " + row.group(2)))
                .containsExactlyInAnyOrderElementsOf(desk);
        assertThat(found("<kbd>([^<]*)</kbd>"))
                .allSatisfy(key -> assertThat(desk).anyMatch(told -> told.startsWith(key + " ")));
    }

    @Test
    void every_code_of_the_program_is_explained() {
        String page = browser.open("/help").body();

        assertThat(Codes.all().stream().map(Codes.Code::code))
                .hasSameElementsAs(Manual.codes().keySet())
                .allSatisfy(code -> assertThat(page).contains("<th scope=\"row\">" + code + "</th>"));
        assertThat(SOURCE)
                .as("codes written by hand could be wrong")
                .doesNotContainPattern("\\b[ACDLNPQRSTWX]\\d\\d\\b");
    }

    @Test
    void what_it_quotes_stands_on_the_screen() throws IOException {
        Texts texts = Texts.in(Language.JA);
        Set<String> words = texts.keys().stream().map(texts::text).collect(Collectors.toSet());
        words.add(Files.readString(Path.of("src/main/resources/jp/kakunin/edge/desk/static/manual.js")));
        assertThat(found("「([^」]*)」を(?:押|開)"))
                .isNotEmpty()
                .allSatisfy(quoted -> assertThat(words).anyMatch(word -> word.contains(quoted)));
    }

    private static List<String> pictures() {
        return found("src=\"/help/pictures/([^\"]+)\"");
    }

    private static List<String> found(String pattern) {
        return Pattern.compile(pattern)
                .matcher(SOURCE)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String source() {
        try {
            return Files.readString(FOLDER.resolve("manual.html"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
