package jp.kakunin.edge.door;

import java.text.Normalizer;
import java.time.LocalDate;
import jp.kakunin.domain.Digest;
import org.jspecify.annotations.Nullable;

/// A tablet that was paired. Its token is 256 random bits, so a plain digest of it cannot be turned back.
///
/// @param name chosen by the staff
/// @param token digest of what its browser shows
public record Tablet(String name, LocalDate paired, Digest token) {
    public static final int NAME_CHARACTERS_MAX = 32;

    private static final int ID_DIGITS = 16;

    /// Names it in forms and sessions.
    public String id() {
        return token.toString().substring(0, ID_DIGITS);
    }

    /// Null when it can be no name.
    public static @Nullable String name(@Nullable String typed) {
        if (typed == null) {
            return null;
        }
        String name = Normalizer.normalize(typed.strip(), Normalizer.Form.NFC);
        boolean fits = !name.isEmpty()
                && name.codePointCount(0, name.length()) <= NAME_CHARACTERS_MAX
                && name.codePoints()
                        .allMatch(letter -> letter == ' '
                                || letter == '　'
                                || letter == '-'
                                || Character.isLetterOrDigit(letter)
                                || Character.getType(letter) == Character.NON_SPACING_MARK);
        return fits ? name : null;
    }
}
