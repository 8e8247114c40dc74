package jp.kakunin.edge.desk;

import java.time.Duration;

/// Runs something once, later.
public interface Timers {
    void after(Duration delay, Runnable action);
}
