package jp.kakunin.hub.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The hub's time. Months are forgotten by it and edges believe it, so it follows the machine's clock only as long as
/// that is believable: it never goes back, and beyond a leap that a sleeping machine could make it goes on by its own
/// count. Safe for use by several threads.
public final class BusinessClock implements InstantSource {
    /// Leaps forward up to this are a machine that slept.
    static final Duration SLEEP_MAX = Duration.ofDays(1);

    /// Leaps add up: what a machine may sleep grows by this many times as long as it runs, and never beyond
    /// [#SLEEP_MAX], however long it ran. So a clock that leaps again and again, each time by less than a day,
    /// is not followed into another month.
    static final int SLEEP_PER_RUN = 3;

    /// How long the hub may have been off without somebody having to say that the clock is right. Shorter than any
    /// month, so that no start forgets more than one.
    static final Duration OFF_MAX = Duration.ofDays(27);

    /// How far behind its last time the hub still starts; until the clock catches up it goes by its own count.
    static final Duration BACK_MAX = Duration.ofDays(1);

    /// Ordinary corrections backwards: the hub's time stands still until the clock catches up.
    static final Duration CORRECTION_MAX = Duration.ofMinutes(5);

    private final InstantSource machine;
    private final Supplier<Duration> uptime;
    private Instant last;
    private Duration lastUptime;
    private Duration sleepLeft = SLEEP_MAX;
    private Duration leap = Duration.ZERO;

    /// @param uptime time since some fixed point that never jumps
    /// @param lastSeen the hub's time when it last ran, or null if it never did
    /// @param isRight somebody said that the machine's clock is right, whatever the last run saw
    /// @throws UnbelievableClockException when the clock is too far from the last run
    public BusinessClock(InstantSource machine, Supplier<Duration> uptime, @Nullable Instant lastSeen, boolean isRight)
            throws UnbelievableClockException {
        this.machine = machine;
        this.uptime = uptime;
        Instant now = machine.instant();
        if (lastSeen != null && !isRight) {
            Duration off = Duration.between(lastSeen, now);
            if (off.compareTo(OFF_MAX) > 0 || off.compareTo(BACK_MAX.negated()) < 0) {
                throw new UnbelievableClockException(lastSeen, now);
            }
        }
        last = lastSeen == null || isRight || now.isAfter(lastSeen) ? now : lastSeen;
        lastUptime = uptime.get();
    }

    @Override
    public synchronized Instant instant() {
        Instant now = machine.instant();
        Duration up = uptime.get();
        Duration ran = up.minus(lastUptime);
        Instant counted = last.plus(ran);
        Duration ahead = Duration.between(counted, now);
        Duration maySleep = atMostSleepMax(sleepLeft.plus(ran.multipliedBy(SLEEP_PER_RUN)));
        boolean believable = ahead.compareTo(maySleep) <= 0 && ahead.compareTo(CORRECTION_MAX.negated()) >= 0;
        Instant time = believable ? now : counted;
        leap = believable ? Duration.ZERO : ahead;
        last = time.isAfter(last) ? time : last;
        lastUptime = up;
        sleepLeft = atMostSleepMax(maySleep.minus(Duration.between(counted, last)));
        return last;
    }

    private static Duration atMostSleepMax(Duration sleep) {
        return sleep.compareTo(SLEEP_MAX) > 0 ? SLEEP_MAX : sleep;
    }

    /// How far the machine's clock is from the hub's time; zero while it is believed.
    public synchronized Duration leap() {
        return leap;
    }
}
