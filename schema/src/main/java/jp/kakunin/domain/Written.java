package jp.kakunin.domain;

import java.text.Normalizer;
import java.util.Locale;

/// How symbol, number and branch are written does not matter: the same membership comes full-width from one system,
/// half-width from another, and from a card typed by hand with whichever dash or dot the keyboard gave.
final class Written {
    private static final String DASHES = "[‐‑‒–—―−ーｰ─━_]";
    private static final String DOTS = "[・･·•‧∙⋅．]";

    private Written() {}

    static boolean same(String one, String other) {
        return one.equals(other) || plain(one).equals(plain(other));
    }

    /// For comparing only: no glyph to show to anybody.
    static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replaceAll(DASHES, "-")
                .replaceAll(DOTS, ".")
                .replaceAll("\\s", "")
                .toUpperCase(Locale.ROOT);
    }

    /// A branch is a number of one or two digits, with or without a leading zero.
    static String plainBranch(String branch) {
        String plain = plain(branch);
        return plain.length() == 2 && plain.startsWith("0") ? plain.substring(1) : plain;
    }
}
