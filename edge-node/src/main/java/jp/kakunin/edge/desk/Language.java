package jp.kakunin.edge.desk;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The desk's languages. Japanese unless asked otherwise.
enum Language {
    JA(Locale.JAPAN),
    EN(Locale.ENGLISH);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    Locale locale() {
        return locale;
    }

    String tag() {
        return locale.getLanguage();
    }

    Language other() {
        return this == JA ? EN : JA;
    }

    static @Nullable Language named(@Nullable String tag) {
        for (Language language : values()) {
            if (language.tag().equals(tag)) {
                return language;
            }
        }
        return null;
    }
}
