package jp.kakunin.hub.authority;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Whether the authority seems to be there. After several questions in a row without an answer the backlog rests; then
/// one question finds out, and the rest doubles for as long as that stays without an answer.
final class Breaker {
    static final int NO_ANSWERS_TO_OPEN = 5;

    private final RandomGenerator random;
    private int noAnswers;
    private int openings;
    private @Nullable Instant openUntil;

    enum State {
        CLOSED,
        /// One question at a time finds out.
        HALF_OPEN,
        OPEN
    }

    Breaker(RandomGenerator random) {
        this.random = random;
    }

    State stateAt(Instant now) {
        if (openUntil == null) {
            return State.CLOSED;
        }
        return Backoff.isAhead(openUntil, now) ? State.OPEN : State.HALF_OPEN;
    }

    void answered() {
        noAnswers = 0;
        openings = 0;
        openUntil = null;
    }

    /// What was under way when it opened says nothing new.
    void unanswered(Instant now) {
        noAnswers++;
        if (noAnswers >= NO_ANSWERS_TO_OPEN && stateAt(now) != State.OPEN) {
            openUntil = now.plus(Backoff.wait(openings++, random));
        }
    }

    /// How long the rest still takes; `null` if there is none.
    @Nullable
    Duration untilNext(Instant now) {
        return openUntil != null && stateAt(now) == State.OPEN ? Duration.between(now, openUntil) : null;
    }
}
