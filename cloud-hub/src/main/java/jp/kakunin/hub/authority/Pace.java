package jp.kakunin.hub.authority;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How many questions a second the authority is asked. When it says that this was too much, the pace halves and rests;
/// afterwards it grows back to the one configured.
final class Pace {
    static final double PER_SECOND_MIN = 0.2;
    static final Duration RECOVERY = Duration.ofMinutes(1);

    private static final Duration SLOW_DOWN_ONCE_IN = Duration.ofSeconds(1);
    private static final double BURST_SECONDS = 0.1;
    private static final double NANOS = 1e9;

    private final double perSecondMax;
    private double perSecond;
    private double tokens;
    private Instant filledAt;
    private @Nullable Instant restsUntil;
    private @Nullable Instant slowedAt;

    Pace(int perSecondMax, Instant now) {
        if (perSecondMax < 1) {
            throw new IllegalArgumentException("questions per second must be at least 1, was " + perSecondMax);
        }
        this.perSecondMax = perSecondMax;
        this.perSecond = perSecondMax;
        this.filledAt = now;
        this.tokens = burst();
    }

    boolean mayAsk(Instant now) {
        fill(now);
        return tokens >= 1 && !isResting(now);
    }

    void asked() {
        tokens--;
    }

    /// @param wait what the authority asked for
    void slowDown(Instant now, @Nullable Duration wait) {
        fill(now);
        // The replies to what was under way all say the same.
        if (slowedAt == null || now.isBefore(slowedAt) || !now.isBefore(slowedAt.plus(SLOW_DOWN_ONCE_IN))) {
            perSecond = Math.max(PER_SECOND_MIN, perSecond / 2);
            slowedAt = now;
        }
        Duration rest = wait == null || wait.compareTo(Backoff.WAIT_MIN) < 0 ? Backoff.WAIT_MIN : wait;
        Instant until = now.plus(rest.compareTo(Backoff.WAIT_MAX) > 0 ? Backoff.WAIT_MAX : rest);
        restsUntil = restsUntil != null && isResting(now) && restsUntil.isAfter(until) ? restsUntil : until;
        tokens = 0;
    }

    double perSecond() {
        return perSecond;
    }

    /// How long until the next may be asked.
    Duration untilNext(Instant now) {
        double missing = Math.max(0, 1 - tokens);
        Duration filled = Duration.ofNanos((long) (missing / perSecond * NANOS));
        Duration rest = isResting(now) ? Duration.between(now, restsUntil) : Duration.ZERO;
        return filled.compareTo(rest) > 0 ? filled : rest;
    }

    private boolean isResting(Instant now) {
        return restsUntil != null && Backoff.isAhead(restsUntil, now);
    }

    private double burst() {
        return Math.max(1, perSecond * BURST_SECONDS);
    }

    private void fill(Instant now) {
        boolean rested = restsUntil != null && restsUntil.isAfter(filledAt) && !restsUntil.isAfter(now);
        Instant from = rested ? restsUntil : filledAt;
        // A clock that was set back fills nothing, and one set forward no more than a burst.
        double seconds = Math.max(0, Duration.between(from, now).toNanos() / NANOS);
        filledAt = now;
        if (!isResting(now)) {
            perSecond = Math.min(perSecondMax, perSecond + perSecondMax * seconds / RECOVERY.toSeconds());
            tokens = Math.min(burst(), tokens + perSecond * seconds);
        }
    }
}
