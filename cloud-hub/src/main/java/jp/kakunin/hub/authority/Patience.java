package jp.kakunin.hub.authority;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import jp.kakunin.hub.journal.Question;
import org.jspecify.annotations.Nullable;

/// How long to wait after no answer: for the one question, and for all of the backlog while the authority seems away.
/// The wait doubles each time up to a limit, with full jitter.
final class Patience {
    static final Duration WAIT_MIN = Duration.ofSeconds(1);
    static final Duration WAIT_MAX = Duration.ofMinutes(5);

    /// Questions whose wait is remembered; others are asked again with the next pass.
    private static final int QUESTIONS_MAX = 10_000;

    private static final int DOUBLINGS_MAX = 16;

    private final RandomGenerator random;
    private final Map<Question, Wait> waits = new TreeMap<>();
    private Instant pausedUntil = Instant.MIN;
    private int failures;

    private record Wait(int failures, Instant until) {}

    Patience(RandomGenerator random) {
        this.random = random;
    }

    boolean isPausedAt(Instant now) {
        return isAhead(pausedUntil, now);
    }

    boolean mayAsk(Question question, Instant now) {
        Wait wait = waits.get(question);
        return wait == null || !isAhead(wait.until(), now);
    }

    void succeeded(Question question) {
        failures = 0;
        pausedUntil = Instant.MIN;
        forget(question);
    }

    void forget(Question question) {
        waits.remove(question);
    }

    /// There was no answer: the question waits, and so does the backlog.
    void failed(Question question, Instant now) {
        if (!isPausedAt(now)) {
            pausedUntil = now.plus(backoff(failures++));
        }
        postpone(question, now);
    }

    /// The question waits for a reason that is not the authority's.
    void postpone(Question question, Instant now) {
        Wait before = waits.get(question);
        int times = before == null ? 0 : before.failures();
        Duration wait = backoff(times);
        if (before != null || waits.size() < QUESTIONS_MAX) {
            waits.put(question, new Wait(times + 1, now.plus(wait)));
        }
    }

    /// How long until the next of those that wait may be asked; `null` if none waits. A pause of the backlog counts
    /// as one that waits.
    @Nullable
    Duration untilNext(Instant now) {
        Instant pause = isPausedAt(now) ? pausedUntil : null;
        Instant next = pause;
        for (Wait wait : waits.values()) {
            if (isAhead(wait.until(), now)) {
                Instant until = pause == null || wait.until().isAfter(pause) ? wait.until() : pause;
                next = next == null || until.isBefore(next) ? until : next;
            }
        }
        return next == null ? null : Duration.between(now, next);
    }

    /// No wait is longer than the limit: what seems longer was begun before the clock was set back.
    private static boolean isAhead(Instant until, Instant now) {
        return now.isBefore(until) && !until.isAfter(now.plus(WAIT_MAX));
    }

    private Duration backoff(int times) {
        Duration longest = WAIT_MIN.multipliedBy(2L << Math.min(times, DOUBLINGS_MAX));
        Duration limit = longest.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : longest;
        return WAIT_MIN.plusMillis(random.nextLong(limit.minus(WAIT_MIN).toMillis() + 1));
    }
}
