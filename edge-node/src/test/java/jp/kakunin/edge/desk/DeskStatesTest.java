package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whoever adds a page or a state adds it to the states that are looked at and checked for accessibility.
final class DeskStatesTest {
    private static final Path PAGES = Path.of("src/main/resources/jp/kakunin/edge/desk/pages");
    private static final Pattern PART = Pattern.compile("\\{% (?:extends|include) \"([a-z-]+)\" %}");
    private static final Pattern PAGE = Pattern.compile("<body data-page=\"([a-z-]+)\"");
    private static final Pattern PANEL = Pattern.compile("data-key=\"recorded-[0-9a-f-]{36}-([A-Z_]+)-");

    @Test
    void every_page_and_every_state_of_the_panel_is_among_those_that_are_looked_at() throws Exception {
        Set<String> pages = new TreeSet<>();
        Set<String> panels = new TreeSet<>();
        Set<Class<?>> taps = new HashSet<>();
        Set<Outage.Stage> stages = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (DeskState state : DeskStates.all()) {
            names.add(state.name());
            try (PlayedDesk desk = PlayedDesk.open(state.name())) {
                String html = html(desk);
                found(PAGE, html).forEach(pages::add);
                found(PANEL, html).forEach(panels::add);
                taps.add(desk.fixture().reception.tapDesk().tap().getClass());
                stages.add(desk.fixture().reception.outage().stage());
            }
        }

        assertThat(names).doesNotHaveDuplicates();
        assertThat(pages).isEqualTo(wholePages());
        assertThat(taps).containsExactlyInAnyOrder(Tap.class.getPermittedSubclasses());
        assertThat(panels)
                .isEqualTo(Stream.of(TapView.Shown.values())
                        .map(Enum::name)
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(stages).containsExactlyInAnyOrder(Outage.Stage.values());
    }

    private static String html(PlayedDesk desk) {
        Browser browser = new Browser(desk.page().getPort());
        String path = desk.page().getRawPath()
                + (desk.page().getRawQuery() == null ? "" : "?" + desk.page().getRawQuery());
        if (!desk.sends()) {
            return browser.open(path).body();
        }
        Map<String, String> fields = new HashMap<>(browser.hiddenFields(path, ""));
        fields.putAll(desk.typed());
        return browser.send(desk.page().getRawPath(), fields).body();
    }

    /// The templates that no other one is made of.
    private static Set<String> wholePages() throws IOException {
        Set<String> whole = new TreeSet<>();
        Set<String> parts = new HashSet<>();
        try (Stream<Path> files = Files.list(PAGES)) {
            for (Path file : files.toList()) {
                whole.add(file.getFileName().toString().replace(".html", ""));
                found(PART, Files.readString(file)).forEach(parts::add);
            }
        }
        whole.removeAll(parts);
        return whole;
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1));
    }
}
