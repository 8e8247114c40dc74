package jp.kakunin.hub.authority;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import jp.kakunin.hub.journal.Question;
import org.jspecify.annotations.Nullable;

/// How long each question without an answer waits before it is asked again.
final class Patience {
    /// Questions whose wait is remembered; others are asked again with the next pass through the journal.
    static final int QUESTIONS_MAX = 10_000;

    private final RandomGenerator random;
    private final Map<Question, Wait> waits = new TreeMap<>();
    private final TreeSet<Alarm> alarms = new TreeSet<>();
    private @Nullable Instant forgottenUntil;

    /// @param due it was handed out since
    private record Wait(int times, Instant until, boolean due) {}

    private record Alarm(Instant until, Question question) implements Comparable<Alarm> {
        private static final Comparator<Alarm> ORDER =
                Comparator.comparing(Alarm::until).thenComparing(Alarm::question);

        @Override
        public int compareTo(Alarm other) {
            return ORDER.compare(this, other);
        }
    }

    Patience(RandomGenerator random) {
        this.random = random;
    }

    boolean mayAsk(Question question, Instant now) {
        Wait wait = waits.get(question);
        return wait == null || wait.due() || !Backoff.isAhead(wait.until(), now);
    }

    void forget(Question question) {
        Wait wait = waits.remove(question);
        if (wait != null) {
            alarms.remove(new Alarm(wait.until(), question));
        }
    }

    void postpone(Question question, Instant now) {
        Wait before = waits.get(question);
        int times = before == null ? 0 : before.times();
        Instant until = now.plus(Backoff.wait(times, random));
        if (before != null || waits.size() < QUESTIONS_MAX) {
            forget(question);
            waits.put(question, new Wait(times + 1, until, false));
            alarms.add(new Alarm(until, question));
        } else if (forgottenUntil == null) {
            forgottenUntil = until;
        }
    }

    /// Those whose wait is over, once each.
    List<Question> takeDue(Instant now) {
        List<Question> due = new ArrayList<>();
        while (!alarms.isEmpty() && !Backoff.isAhead(alarms.first().until(), now)) {
            Question question = alarms.removeFirst().question();
            waits.computeIfPresent(question, (_, wait) -> new Wait(wait.times(), wait.until(), true));
            due.add(question);
        }
        return due;
    }

    /// Whether there were more than could be remembered, and it is time to look for them.
    boolean takeForgotten(Instant now) {
        boolean over = forgottenUntil != null && !Backoff.isAhead(forgottenUntil, now);
        if (over) {
            forgottenUntil = null;
        }
        return over;
    }

    /// How long until the next of those that wait may be asked; `null` if none waits.
    @Nullable
    Duration untilNext(Instant now) {
        Instant next = forgottenUntil;
        if (!alarms.isEmpty() && (next == null || alarms.first().until().isBefore(next))) {
            next = alarms.first().until();
        }
        if (next == null) {
            return null;
        }
        return Backoff.isAhead(next, now) ? Duration.between(now, next) : Duration.ZERO;
    }
}
