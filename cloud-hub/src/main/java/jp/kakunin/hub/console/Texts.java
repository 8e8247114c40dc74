package jp.kakunin.hub.console;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/// The one catalogue of the console's texts: `texts_ja.properties` and `texts_en.properties`, the same keys in both.
final class Texts {
    private static final Map<Language, Map<String, String>> CATALOGUES = load();

    private Texts() {}

    static Map<String, String> in(Language language) {
        return Objects.requireNonNull(CATALOGUES.get(language));
    }

    static String text(Language language, String key, Object... values) {
        String text = in(language).get(key);
        if (text == null) {
            throw new IllegalArgumentException("no text " + key + " in " + language);
        }
        return values.length == 0
                ? text
                : new MessageFormat(text, Locale.forLanguageTag(language.tag())).format(values);
    }

    private static Map<Language, Map<String, String>> load() {
        var catalogues = new EnumMap<Language, Map<String, String>>(Language.class);
        for (Language language : Language.values()) {
            var properties = new Properties();
            try (var in = Texts.class.getResourceAsStream("texts_" + language.tag() + ".properties")) {
                properties.load(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var texts = new TreeMap<String, String>();
            properties.forEach((key, value) -> texts.put(key.toString(), value.toString()));
            catalogues.put(language, texts);
        }
        return catalogues;
    }
}
