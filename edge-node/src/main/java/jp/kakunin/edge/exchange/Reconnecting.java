package jp.kakunin.edge.exchange;

import java.time.Duration;
import java.util.random.RandomGenerator;
import jp.kakunin.exchange.Reply.Policy;

/// When to try the hub again. With a patient waiting at once and then quickly; otherwise anywhere within the spread the
/// hub asks for, so that a hub that comes back is not run over by all edges of the country. A hub with too many
/// handshakes hangs up at once: then whoever has a patient is back soon, the others give way for another spread.
final class Reconnecting {
    private final RandomGenerator random;
    private final Backoff starting;
    private final Backoff urgent;
    private Duration spread = Policy.DEFAULT.reconnectSpread();
    private boolean wasConnected;
    private Duration dueAt;
    private Duration attemptedAt;

    Reconnecting(RandomGenerator random, Duration now) {
        this.random = random;
        starting = new Backoff(random, Waits.RECONNECT_FIRST);
        urgent = new Backoff(random, Waits.URGENT_FIRST);
        dueAt = now;
        attemptedAt = now.minus(Waits.RECONNECT_FIRST);
    }

    void spread(Duration asked) {
        spread = asked.compareTo(Waits.SPREAD_MAX) > 0 ? Waits.SPREAD_MAX : asked;
    }

    boolean isDue(Duration now) {
        return now.compareTo(dueAt) >= 0;
    }

    void attempted(Duration now) {
        attemptedAt = now;
    }

    void connected() {
        wasConnected = true;
        urgent.reset();
    }

    /// @param established the connection had carried answers
    void lost(boolean established, boolean patientWaiting, Duration now) {
        Duration pause;
        if (patientWaiting) {
            pause = established ? Duration.ZERO : urgent.next(Waits.URGENT_MAX);
        } else if (wasConnected) {
            // The place in the spread is drawn once and kept: as many come each second, however long the hub was away.
            pause = established ? Backoff.jitter(random, spread) : spread;
        } else {
            pause = starting.next(spread);
        }
        dueAt = now.plus(pause);
    }

    /// A patient waits from now on: try at once, but not twice within a second.
    void hurry(Duration now) {
        urgent.reset();
        Duration soonest = attemptedAt.plus(Waits.RECONNECT_FIRST);
        Duration at = soonest.compareTo(now) > 0 ? soonest : now;
        if (at.compareTo(dueAt) < 0) {
            dueAt = at;
        }
    }

    void notBefore(Duration earliest) {
        if (dueAt.compareTo(earliest) < 0) {
            dueAt = earliest;
        }
    }
}
