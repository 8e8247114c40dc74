package jp.kakunin.exchange;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version of the edge's program: `1.2.3`, what follows a hyphen does not count.
public record AppVersion(int major, int minor, int patch) implements Comparable<AppVersion> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})(-.*)?");
    private static final Comparator<AppVersion> ORDER = Comparator.comparingInt(AppVersion::major)
            .thenComparingInt(AppVersion::minor)
            .thenComparingInt(AppVersion::patch);

    /// @throws IllegalArgumentException if the text is no version
    public static AppVersion parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a version must be like 1.2.3, was \"" + text + "\"");
        }
        return new AppVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    /// Whether a program is too old for a policy; a text that is no version demands nothing.
    public static boolean isOutdated(String running, String atLeast) {
        return TEXT.matcher(running).matches()
                && TEXT.matcher(atLeast).matches()
                && parse(running).compareTo(parse(atLeast)) < 0;
    }

    @Override
    public int compareTo(AppVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
