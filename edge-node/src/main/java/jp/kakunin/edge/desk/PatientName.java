package jp.kakunin.edge.desk;

import java.text.Normalizer;
import java.util.regex.Pattern;

/// The name the staff type for a patient without a card.
final class PatientName {
    static final int CHARACTERS_MAX = 64;

    private static final Pattern NUMBER = Pattern.compile("(?<!\\d)(\\d[ \\-‐‑–—ー・._/]*){12,}");

    /// What stands where a character was lost on the way here: the name can be typed again, but not restored.
    private static final char LOST = '\uFFFD';

    private PatientName() {}

    static Outcome<String> of(String typed) {
        String name = Normalizer.normalize(typed, Normalizer.Form.NFC).strip().replaceAll("\\s+", " ");
        if (name.isEmpty()) {
            return Outcome.refused(Problem.NAME_MISSING);
        }
        if (name.indexOf(LOST) >= 0) {
            return Outcome.refused(Problem.FIELD_INVALID);
        }
        if (looksLikeANumber(name)) {
            return Outcome.refused(Problem.NAME_LOOKS_LIKE_A_NUMBER);
        }
        if (name.codePointCount(0, name.length()) > CHARACTERS_MAX) {
            return Outcome.refused(Problem.NAME_TOO_LONG);
        }
        return Outcome.done(name);
    }

    /// Twelve digits in a row, full-width or with separators, could be a My Number: it must never be stored.
    private static boolean looksLikeANumber(String name) {
        return NUMBER.matcher(Normalizer.normalize(name, Normalizer.Form.NFKC)).find();
    }
}
