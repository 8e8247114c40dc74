package jp.kakunin.edge.desk;

import java.time.Duration;
import java.time.Instant;
import jp.kakunin.edge.exchange.ConnectionState;
import jp.kakunin.edge.exchange.ConnectionState.Cause;
import jp.kakunin.edge.exchange.EdgeStatus;

/// How long the hub has been away, and how much of a worry that is.
record Outage(Stage stage, Instant since, Duration age) {
    static final Outage NONE = new Outage(Stage.NONE, Instant.EPOCH, Duration.ZERO);

    /// From calm to the paper procedure. The first one needs no word beside the line's own.
    enum Stage {
        NONE,
        SHORT,
        AMBER,
        RED
    }

    /// A hub that is busy or shuts the device out is there.
    static Outage of(EdgeStatus status, Instant now, OutageLimits limits) {
        if (!(status.connection() instanceof ConnectionState.Offline(Instant noticed, Cause cause))
                || cause == Cause.BUSY) {
            return NONE;
        }
        Instant since = status.heardAt() == null ? noticed : status.heardAt();
        Duration age = since.isBefore(now) ? Duration.between(since, now) : Duration.ZERO;
        return new Outage(stage(age, limits), since, age);
    }

    private static Stage stage(Duration age, OutageLimits limits) {
        if (age.compareTo(limits.red()) >= 0) {
            return Stage.RED;
        }
        return age.compareTo(limits.amber()) >= 0 ? Stage.AMBER : Stage.SHORT;
    }

    boolean isWorry() {
        return stage == Stage.AMBER || stage == Stage.RED;
    }
}
