package jp.kakunin.hub.exchange;

import java.time.Duration;

/// Runs something later. In production a scheduler thread that hands over at once; in a simulation the simulated
/// time.
@FunctionalInterface
public interface Timers {
    Timer after(Duration delay, Runnable task);

    @FunctionalInterface
    interface Timer {
        void cancel();
    }
}
