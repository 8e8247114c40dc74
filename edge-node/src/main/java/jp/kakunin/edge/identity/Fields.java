package jp.kakunin.edge.identity;

import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Function;

/// The fields of the identity file. Says which one is wrong, and never quotes its value: keys are among them.
record Fields(Path file, Properties properties) {
    String text(String name) {
        String text = properties.getProperty(name);
        if (text == null || text.isBlank()) {
            throw new IdentityException(
                    file + ": " + name + " is missing: run `hub enrol` for this device again", null);
        }
        return text.strip();
    }

    String textOr(String name, String otherwise) {
        String text = properties.getProperty(name);
        return text == null || text.isBlank() ? otherwise : text.strip();
    }

    <T> T parsed(String name, Function<String, T> parser) {
        String text = text(name);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException _) {
            throw new IdentityException(
                    file + ": " + name + " is not valid: run `hub enrol` for this device again", null);
        }
    }
}
