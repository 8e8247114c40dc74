package jp.kakunin.hub.activation;

import java.time.Duration;
import java.time.Instant;

/// The wrong tries on one account since the last right one, and until when they keep it locked.
///
/// @param lockedUntil the past when it is not locked by tries
record Tries(int wrong, Instant lockedUntil) {
    /// After so many wrong tries the account is locked for a time, after as many more for twice as long.
    static final int WRONG_PER_LOCK = 5;

    static final Duration FIRST_LOCK = Duration.ofMinutes(15);

    /// From here on only the operator unlocks it.
    static final int WRONG_MAX = 20;

    static final Tries NONE = new Tries(0, Instant.EPOCH);

    private static final Instant UNLOCKED_BY_HAND = Instant.parse("9999-12-31T00:00:00Z");

    boolean isLocked(Instant now) {
        return now.isBefore(lockedUntil);
    }

    boolean isLockedForGood() {
        return wrong >= WRONG_MAX;
    }

    Tries andOneWrong(Instant now) {
        int more = wrong + 1;
        if (more >= WRONG_MAX) {
            return new Tries(more, UNLOCKED_BY_HAND);
        }
        if (more % WRONG_PER_LOCK != 0) {
            return new Tries(more, lockedUntil);
        }
        int doublings = more / WRONG_PER_LOCK - 1;
        return new Tries(more, now.plus(FIRST_LOCK.multipliedBy(1L << doublings)));
    }
}
