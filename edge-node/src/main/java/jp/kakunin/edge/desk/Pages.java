package jp.kakunin.edge.desk;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.extension.escaper.SafeString;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/// Renders the templates. Everything is escaped unless a template says otherwise, and none does.
final class Pages {
    private final PebbleEngine engine;

    Pages() {
        ClasspathLoader loader = new ClasspathLoader(Pages.class.getClassLoader());
        loader.setPrefix("jp/kakunin/edge/desk/pages");
        loader.setSuffix(".html");
        engine = new PebbleEngine.Builder()
                .loader(loader)
                .strictVariables(true)
                .autoEscaping(true)
                .extension(new TextExtension())
                .build();
    }

    String render(String page, Language language, Map<String, Object> model) {
        PebbleTemplate template = engine.getTemplate(page);
        Map<String, Object> full = new HashMap<>(model);
        full.put("texts", Texts.in(language));
        full.put("page", page);
        full.put("lang", language.tag());
        full.put("otherLang", language.other().tag());
        StringWriter html = new StringWriter();
        try {
            template.evaluate(html, full, language.locale());
        } catch (IOException e) {
            throw new UncheckedIOException("page " + page, e);
        }
        return html.toString();
    }

    /// `text('key', argument…)` in the templates.
    @NullUnmarked
    private static final class TextExtension extends AbstractExtension {
        @Override
        public Map<String, Function> getFunctions() {
            return Map.of("text", new TextFunction(), "invalid", new InvalidFunction());
        }
    }

    /// `invalid('field')` in the templates: marks the field that the problem at hand concerns.
    @NullUnmarked
    private static final class InvalidFunction implements Function {
        private static final SafeString MARK = new SafeString(" aria-invalid=\"true\" aria-errormessage=\"problem\"");

        @Override
        public List<String> getArgumentNames() {
            return List.of("field");
        }

        @Override
        public Object execute(
                Map<String, Object> arguments, PebbleTemplate self, EvaluationContext context, int lineNumber) {
            ProblemView problem = (ProblemView) context.getVariable("problem");
            return problem.field().equals(arguments.get("field")) ? MARK : "";
        }
    }

    @NullUnmarked
    private static final class TextFunction implements Function {
        @Override
        public List<String> getArgumentNames() {
            return null;
        }

        @Override
        public Object execute(
                Map<String, Object> arguments, PebbleTemplate self, EvaluationContext context, int lineNumber) {
            List<Object> values = new ArrayList<>();
            for (int i = 1; arguments.containsKey(String.valueOf(i)); i++) {
                values.add(arguments.get(String.valueOf(i)));
            }
            Texts texts = (Texts) context.getVariable("texts");
            return texts.text((String) arguments.get("0"), values.toArray());
        }
    }
}
