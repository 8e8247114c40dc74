package jp.kakunin.hub.console;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/// Renders the pages from their templates; everything a template shows is escaped.
final class Pages {
    private final PebbleEngine engine;

    Pages() {
        var loader = new ClasspathLoader(Pages.class.getClassLoader());
        loader.setPrefix("jp/kakunin/hub/console/pages");
        loader.setSuffix(".peb");
        this.engine = new PebbleEngine.Builder()
                .loader(loader)
                .autoEscaping(true)
                .strictVariables(true)
                .build();
    }

    String render(String page, Language language, boolean signedIn, Map<String, Object> values) {
        var context = new HashMap<String, Object>(values);
        context.put("t", Texts.in(language));
        context.put("lang", language.tag());
        context.put("page", page);
        context.put("signedIn", signedIn);
        var html = new StringWriter();
        try {
            engine.getTemplate(page).evaluate(html, context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return html.toString();
    }
}
