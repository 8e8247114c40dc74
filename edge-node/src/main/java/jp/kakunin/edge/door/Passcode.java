package jp.kakunin.edge.door;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/// What the staff type to unlock the desk: letters and digits, in whichever width they were typed.
public record Passcode(String text) {
    public static final int CHARACTERS_MIN = 4;
    public static final int CHARACTERS_MAX = 64;

    /// Null when it can be none.
    public static @Nullable Passcode typed(@Nullable String typed) {
        if (typed == null || typed.length() > CHARACTERS_MAX * 2) {
            return null;
        }
        String text = Normalizer.normalize(typed.strip(), Normalizer.Form.NFKC);
        int characters = text.codePointCount(0, text.length());
        boolean fits = characters >= CHARACTERS_MIN
                && characters <= CHARACTERS_MAX
                && text.codePoints().allMatch(Character::isLetterOrDigit);
        return fits ? new Passcode(text) : null;
    }

    @Override
    public String toString() {
        return "Passcode[redacted]";
    }
}
