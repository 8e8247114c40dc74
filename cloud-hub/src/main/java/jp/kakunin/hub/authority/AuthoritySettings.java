package jp.kakunin.hub.authority;

import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which authority a hub asks, and how fast.
///
/// @param url of an authority that speaks OQS; `null` for the registry in the data directory
/// @param capabilities what that one can be asked; the registry can be asked anything
/// @param questionsPerSecond at most; fewer after the authority said that it is busy
public record AuthoritySettings(@Nullable URI url, Set<Capability> capabilities, int questionsPerSecond) {
    public static final int QUESTIONS_PER_SECOND_MAX = 20_000;

    /// As many as a registry on the same disk can answer.
    public static final AuthoritySettings REGISTRY =
            new AuthoritySettings(null, EnumSet.allOf(Capability.class), QUESTIONS_PER_SECOND_MAX);

    /// What a national system may stand of one hub; no limit of it is public.
    public static final int OQS_QUESTIONS_PER_SECOND = 50;

    public AuthoritySettings {
        capabilities = Set.copyOf(capabilities);
        if (questionsPerSecond < 1 || questionsPerSecond > QUESTIONS_PER_SECOND_MAX) {
            throw new IllegalArgumentException(
                    "questions per second must be 1 to " + QUESTIONS_PER_SECOND_MAX + ", was " + questionsPerSecond);
        }
        if (url != null && !isUsable(url)) {
            throw new IllegalArgumentException(
                    "the authority's address must be https://HOST/..., or http:// on this machine for a simulator,"
                            + " without user, query and fragment");
        }
    }

    /// Card evidence crosses no network in the clear.
    private static boolean isUsable(URI url) {
        boolean plain = "http".equals(url.getScheme()) && isLoopback(url.getHost());
        return (plain || "https".equals(url.getScheme()))
                && url.getHost() != null
                && url.getUserInfo() == null
                && url.getQuery() == null
                && url.getFragment() == null;
    }

    private static boolean isLoopback(@Nullable String host) {
        return "127.0.0.1".equals(host) || "[::1]".equals(host) || "localhost".equals(host);
    }
}
