package jp.kakunin.hub.console;

import org.jspecify.annotations.Nullable;

/// The languages of the console; Japanese unless the operator chose otherwise.
enum Language {
    JA("ja"),
    EN("en");

    static final String COOKIE = "kakunin-language";

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    String tag() {
        return tag;
    }

    static Language of(@Nullable String tag) {
        return "en".equals(tag) ? EN : JA;
    }

    Language other() {
        return switch (this) {
            case JA -> EN;
            case EN -> JA;
        };
    }
}
