package jp.kakunin.load.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Goes on by a millisecond whenever it is looked at, so that whoever waits for a time gets there.
final class SteppingClock implements InstantSource {
    private Instant now;

    SteppingClock(Instant now) {
        this.now = now;
    }

    @Override
    public synchronized Instant instant() {
        now = now.plus(Duration.ofMillis(1));
        return now;
    }
}
