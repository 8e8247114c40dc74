package jp.kakunin.edge.exchange;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import jp.kakunin.domain.TreatmentMonth;
import org.jspecify.annotations.Nullable;

/// The business time of the edge: the hub's while it answers, the PC's own otherwise, and never behind what the hub
/// last
/// said. Notices when the PC's clock jumps; from then on the time is doubtful until the hub answers or the staff says
/// what day it is. So is the time of a PC that has never met its hub. Safe for use by several threads.
public final class EdgeClock {
    /// Forward jumps up to this are a PC that slept.
    static final Duration JUMP_MAX = Duration.ofDays(1);

    /// A clock is never set back further than this by an ordinary correction.
    static final Duration BACK_MAX = Duration.ofMinutes(2);

    /// A clock that is behind the hub by up to this at the start is taken for slow: time goes on from what the hub
    /// last said. A clock that stood still while the PC was off looks the same; like one that is right, it is not
    /// asked about.
    static final Duration SLOW_MAX = Duration.ofHours(1);

    /// How long an edge may have been switched off before its clock is asked about; longer than the longest
    /// holidays.
    static final Duration OFF_MAX = Duration.ofDays(14);

    /// Shorter than any month: no single word of a hub forgets more than one.
    static final Duration HUB_AHEAD_MAX = Duration.ofDays(27);

    private Duration offset = Duration.ZERO;
    private @Nullable Instant lastHubTime;
    private @Nullable Instant trusted;
    private Duration trustedAt;
    private Moment last;
    private boolean doubtful;

    public EdgeClock(@Nullable Instant lastHubTime, Moment start) {
        this.lastHubTime = lastHubTime;
        trusted = lastHubTime;
        trustedAt = start.uptime();
        last = start;
        doubtful = lastHubTime == null
                || start.clock().isBefore(lastHubTime.minus(SLOW_MAX))
                || start.clock().isAfter(lastHubTime.plus(OFF_MAX));
    }

    /// Compares how far the clock went with how much time passed.
    public synchronized void observe(Moment now) {
        Duration jump =
                Duration.between(last.clock(), now.clock()).minus(now.uptime().minus(last.uptime()));
        if (jump.compareTo(BACK_MAX.negated()) < 0) {
            doubtful = true;
            offset = offset.minus(jump);
        } else if (jump.compareTo(JUMP_MAX) > 0) {
            doubtful = true;
        }
        last = now;
    }

    public synchronized void hubSaid(Instant hubTime, Moment now) {
        observe(now);
        offset = Duration.between(now.clock(), hubTime);
        trusted = trustedAfter(hubTime, now);
        trustedAt = now.uptime();
        if (lastHubTime == null || hubTime.isAfter(lastHubTime)) {
            lastHubTime = hubTime;
        }
        doubtful = false;
    }

    /// A hub may be wrong as well: a long way ahead of all that is known here, its word alone destroys
    /// nothing while the PC's clock says otherwise.
    private @Nullable Instant trustedAfter(Instant hubTime, Moment now) {
        Instant before = trusted(now);
        if (before == null) {
            return hubTime;
        }
        boolean isFarAhead = hubTime.isAfter(before.plus(HUB_AHEAD_MAX));
        boolean isContradicted = Duration.between(now.clock(), hubTime).abs().compareTo(JUMP_MAX) > 0;
        return hubTime.isBefore(before) || isFarAhead && isContradicted ? before : hubTime;
    }

    /// A time that has surely passed, whatever the clock says: the hub told it, or this process ran through it
    /// since.
    /// `null` before the hub was ever heard.
    public synchronized @Nullable Instant trusted(Moment now) {
        return trusted == null ? null : trusted.plus(now.uptime().minus(trustedAt));
    }

    /// The staff's answer to "what is today's date?". False if the hub has already been later than that.
    public synchronized boolean confirm(LocalDate today, Moment now) {
        observe(now);
        if (lastHubTime != null && today.isBefore(TreatmentMonth.dateAt(lastHubTime))) {
            return false;
        }
        offset = offset.plusDays(
                ChronoUnit.DAYS.between(TreatmentMonth.dateAt(now.clock().plus(offset)), today));
        doubtful = false;
        return true;
    }

    /// The business time when the PC's clock shows this.
    public synchronized Instant at(Instant clock) {
        Instant time = clock.plus(offset);
        return lastHubTime != null && time.isBefore(lastHubTime) ? lastHubTime : time;
    }

    /// What the hub last said, in this life of the edge or before.
    synchronized @Nullable Instant lastHubTime() {
        return lastHubTime;
    }

    public synchronized boolean isDoubtful() {
        return doubtful;
    }
}
