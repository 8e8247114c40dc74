package jp.kakunin.hub.activation;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Slows down whoever tries one account after the other from one address. Kept in memory: a restart forgives, and the
/// accounts' own locks stay.
final class WrongSources {
    static final int WRONG_MAX = 10;
    static final Duration LOCK = Duration.ofMinutes(15);
    static final int SOURCES_MAX = 10_000;

    private record Source(int wrong, Instant until) {}

    private final Map<String, Source> sources = new LinkedHashMap<>();

    boolean isLocked(String address, Instant now) {
        Source source = sources.get(address);
        return source != null && source.wrong() >= WRONG_MAX && now.isBefore(source.until());
    }

    void wrong(String address, Instant now) {
        Source before = sources.remove(address);
        int wrong = before == null || !now.isBefore(before.until()) ? 1 : before.wrong() + 1;
        sources.put(address, new Source(wrong, now.plus(LOCK)));
        if (sources.size() > SOURCES_MAX) {
            sources.remove(sources.keySet().iterator().next());
        }
    }
}
