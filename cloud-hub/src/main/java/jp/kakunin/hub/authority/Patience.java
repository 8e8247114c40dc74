package jp.kakunin.hub.authority;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import jp.kakunin.hub.journal.Question;

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
        return now.isBefore(pausedUntil);
    }

    boolean mayAsk(Question question, Instant now) {
        Wait wait = waits.get(question);
        return wait == null || !now.isBefore(wait.until());
    }

    void succeeded(Question question) {
        failures = 0;
        pausedUntil = Instant.MIN;
        waits.remove(question);
    }

    /// @return after which time neither question nor backlog has to wait any more
    Duration failed(Question question, Instant now) {
        if (!isPausedAt(now)) {
            pausedUntil = now.plus(backoff(failures++));
        }
        Wait before = waits.get(question);
        int times = before == null ? 0 : before.failures();
        Duration wait = backoff(times);
        if (before != null || waits.size() < QUESTIONS_MAX) {
            waits.put(question, new Wait(times + 1, now.plus(wait)));
        }
        Duration pause = Duration.between(now, pausedUntil);
        return wait.compareTo(pause) > 0 ? wait : pause;
    }

    private Duration backoff(int times) {
        Duration longest = WAIT_MIN.multipliedBy(2L << Math.min(times, DOUBLINGS_MAX));
        Duration limit = longest.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : longest;
        return WAIT_MIN.plusMillis(random.nextLong(limit.minus(WAIT_MIN).toMillis() + 1));
    }
}
