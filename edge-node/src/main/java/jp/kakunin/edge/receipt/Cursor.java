package jp.kakunin.edge.receipt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Up to where a client knows the changes, e.g. `7f3a09c1-42`: which sequence, and the number in it.
record Cursor(String feed, long seq) {
    private static final Pattern TEXT = Pattern.compile("([0-9a-f]{8})-([0-9]{1,18})");

    /// Null when it is none.
    static @Nullable Cursor parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches() ? new Cursor(matcher.group(1), Long.parseLong(matcher.group(2))) : null;
    }

    @Override
    public String toString() {
        return feed + "-" + seq;
    }
}
