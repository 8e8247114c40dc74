package jp.kakunin.hub.authority;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import jp.kakunin.hub.authority.AuthorityResult.Cause;

/// What operators are told about asking; read from any thread.
public final class AuthorityHealth {
    private final Map<Cause, LongAdder> noAnswers = new EnumMap<>(Cause.class);
    private final LongAdder asked = new LongAdder();
    private volatile Breaker.State breaker = Breaker.State.CLOSED;
    private volatile double perSecond;

    public AuthorityHealth() {
        for (Cause cause : Cause.values()) {
            noAnswers.put(cause, new LongAdder());
        }
    }

    public long asked() {
        return asked.sum();
    }

    public long noAnswers(Cause cause) {
        LongAdder count = noAnswers.get(cause);
        return count == null ? 0 : count.sum();
    }

    /// 0 while the authority answers, 1 while single questions find out, 2 while the backlog rests.
    public int breaker() {
        return switch (breaker) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }

    public double questionsPerSecond() {
        return perSecond;
    }

    void countAsked() {
        asked.increment();
    }

    void countNoAnswer(Cause cause) {
        LongAdder count = noAnswers.get(cause);
        if (count != null) {
            count.increment();
        }
    }

    void note(Breaker.State state, double questionsPerSecond) {
        breaker = state;
        perSecond = questionsPerSecond;
    }
}
