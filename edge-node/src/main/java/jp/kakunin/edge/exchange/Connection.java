package jp.kakunin.edge.exchange;

import java.time.Instant;
import jp.kakunin.edge.exchange.ConnectionState.Cause;
import jp.kakunin.exchange.Refusal;
import org.jspecify.annotations.Nullable;

/// How the edge stands with the hub, from the start on. What the hub refuses stays refused until it says otherwise,
/// line
/// or no line.
final class Connection {
    private ConnectionState state;
    private boolean changed;

    Connection(@Nullable Refusal refusal, Instant now) {
        state = refusal == null
                ? new ConnectionState.Offline(now, Cause.STARTING)
                : new ConnectionState.Refused(now, refusal);
    }

    ConnectionState state() {
        return state;
    }

    void connected(@Nullable Refusal refusal, Instant now) {
        if (refusal != null) {
            refused(refusal, now);
        } else if (!(state instanceof ConnectionState.Connected)) {
            become(new ConnectionState.Connected(now));
        }
    }

    void offline(Cause cause, @Nullable Refusal refusal, Instant now) {
        if (refusal != null) {
            refused(refusal, now);
        } else if (state instanceof ConnectionState.Offline(Instant since, Cause before)) {
            if (before != cause) {
                become(new ConnectionState.Offline(since, cause));
            }
        } else {
            become(new ConnectionState.Offline(now, cause));
        }
    }

    private void refused(Refusal refusal, Instant now) {
        if (!(state instanceof ConnectionState.Refused(Instant _, Refusal known)) || known != refusal) {
            become(new ConnectionState.Refused(now, refusal));
        }
    }

    private void become(ConnectionState next) {
        state = next;
        changed = true;
    }

    boolean takeChanged() {
        boolean taken = changed;
        changed = false;
        return taken;
    }
}
