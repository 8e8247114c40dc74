package jp.kakunin.edge.receipt;

import java.time.Duration;
import java.time.Instant;

/// So many at once, and then so many a second.
final class Allowance {
    private final double most;
    private final double perSecond;
    private double left;
    private Instant at;

    Allowance(int most, double perSecond, Instant now) {
        this.most = most;
        this.perSecond = perSecond;
        left = most;
        at = now;
    }

    boolean take(Instant now) {
        if (now.isAfter(at)) {
            left = Math.min(most, left + Duration.between(at, now).toMillis() * perSecond / 1000);
        }
        at = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }

    /// Until the next is allowed, in whole seconds.
    int retryAfterSeconds() {
        return (int) Math.max(1, Math.ceil((1 - left) / perSecond));
    }
}
