package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kakunin.load.endtoend.Until;
import org.openqa.selenium.Keys;

/// A person who sees nothing: knows what has the focus from the accessibility tree, and the rest from what is
/// announced. Moves by keys.
final class Ear {
    private final Browser browser;

    Ear(Browser browser) {
        this.browser = browser;
    }

    /// What a screen reader says of the element with the focus: role, name, states and description.
    String focus() {
        return nodes().stream()
                .filter(node -> "true".equals(property(node, "focused")))
                .filter(node -> !"RootWebArea".equals(value(node, "role")))
                .map(Ear::spoken)
                .collect(Collectors.joining(" / "));
    }

    void awaitFocus(String... parts) throws Exception {
        Until.value("what is said of the focus", this::focus, said -> hasAll(said, parts), () -> "");
    }

    /// Goes on by Tab until that is said.
    void tabTo(String... parts) {
        for (int presses = 0; !hasAll(focus(), parts); presses++) {
            assertThat(presses)
                    .as("presses of Tab on the way to %s; now: %s", List.of(parts), focus())
                    .isLessThan(60);
            browser.press(Keys.TAB);
        }
    }

    void hears(String region, String... parts) throws Exception {
        Until.value(region, () -> browser.heard(region), said -> hasAll(said, parts), this::focus);
    }

    /// The rows of the table on the page, as a screen reader walks them.
    List<String> rows() {
        List<Map<String, Object>> nodes = nodes();
        Map<String, Map<String, Object>> byId =
                nodes.stream().collect(Collectors.toMap(node -> String.valueOf(node.get("nodeId")), node -> node));
        return nodes.stream()
                .filter(node -> "row".equals(value(node, "role")))
                .map(row -> texts(row, byId).collect(Collectors.joining(" ")))
                .toList();
    }

    private static Stream<String> texts(Map<String, Object> node, Map<String, Map<String, Object>> byId) {
        if ("StaticText".equals(value(node, "role"))) {
            return Stream.of(value(node, "name"));
        }
        return node.get("childIds") instanceof List<?> children
                ? children.stream().flatMap(child -> texts(byId.getOrDefault(String.valueOf(child), Map.of()), byId))
                : Stream.empty();
    }

    private static boolean hasAll(String said, String... parts) {
        return Stream.of(parts).allMatch(said::contains);
    }

    private static String spoken(Map<String, Object> node) {
        String states = Stream.of("required", "invalid", "checked", "expanded", "disabled")
                .filter(state -> !List.of("", "false").contains(property(node, state)))
                .map(state -> " " + state + "=" + property(node, state))
                .collect(Collectors.joining());
        return value(node, "role") + " " + value(node, "name") + states + " " + value(node, "description");
    }

    private static String property(Map<String, Object> node, String name) {
        return node.get("properties") instanceof List<?> properties
                ? properties.stream()
                        .map(each -> (Map<?, ?>) each)
                        .filter(each -> name.equals(each.get("name")))
                        .map(each -> each.get("value") instanceof Map<?, ?> holder
                                ? String.valueOf(holder.get("value"))
                                : "")
                        .findFirst()
                        .orElse("")
                : "";
    }

    private static String value(Map<String, Object> node, String key) {
        return node.get(key) instanceof Map<?, ?> holder && holder.get("value") != null
                ? String.valueOf(holder.get("value"))
                : "";
    }

    @SuppressWarnings("unchecked") // the shape of the browser's protocol
    private List<Map<String, Object>> nodes() {
        return (List<Map<String, Object>>)
                browser.protocol("Accessibility.getFullAXTree", Map.of()).getOrDefault("nodes", List.of());
    }
}
