package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The accessibility checker, run inside the page: WCAG 2.2 up to level AA, and what is known as good practice.
final class Axe {
    private static final String SCRIPT = script();
    private static final String RUN = """
            return axe.run(document, { resultTypes: ['violations'], runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa',
                'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } })
                .then(found => found.violations.flatMap(rule => rule.nodes.map(node =>
                    `${rule.id}: ${rule.help}; ${node.html}; ${node.failureSummary}`)));""";

    private Axe() {}

    static void findsNothingOn(Browser browser, String page) {
        browser.script("if (!window.axe) { " + SCRIPT + " }");
        assertThat((List<?>) browser.script(RUN)).as("on " + page).isEmpty();
    }

    private static String script() {
        try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
            if (script == null) {
                throw new IllegalStateException("axe.min.js is not on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
