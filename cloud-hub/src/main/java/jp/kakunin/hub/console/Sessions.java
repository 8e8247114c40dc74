package jp.kakunin.hub.console;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who is signed in. In memory alone: a restart signs everybody out.
final class Sessions {
    static final String COOKIE = "kakunin-operator";
    static final int SESSIONS_MAX = 64;

    private static final Duration LIFE = Duration.ofHours(8);
    private static final int TOKEN_BYTES = 32;

    private final SecureRandom random;
    private final Map<String, Instant> ends = new LinkedHashMap<>();

    Sessions(SecureRandom random) {
        this.random = random;
    }

    /// Opens a session; the oldest one gives way when there are too many.
    synchronized String open(Instant now) {
        ends.values().removeIf(end -> !now.isBefore(end));
        if (ends.size() >= SESSIONS_MAX) {
            ends.remove(ends.keySet().iterator().next());
        }
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        String text = HexFormat.of().formatHex(token);
        ends.put(text, now.plus(LIFE));
        return text;
    }

    synchronized boolean isOpen(@Nullable String token, Instant now) {
        Instant end = token == null ? null : ends.get(token);
        return end != null && now.isBefore(end);
    }

    synchronized void close(String token) {
        ends.remove(token);
    }
}
