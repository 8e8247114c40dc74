package jp.kakunin.edge.exchange;

import java.time.Duration;

/// How long the edge's side of the exchange waits, and for what.
final class Waits {
    /// For the answer to a short request: a greeting, or a batch a patient waits for.
    static final Duration SHORT_ANSWER_MAX = Duration.ofSeconds(10);

    static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    /// How long the hub may hold a wait, and how much later its answer may come.
    static final Duration PATIENCE = Duration.ofSeconds(50);

    static final Duration PATIENCE_MARGIN = Duration.ofSeconds(15);

    /// A fact is live for so long after the tap; then the patient has been sent on.
    static final Duration LIVE_MAX = Duration.ofSeconds(60);

    /// Something to send and nothing acknowledged for so long: the connection is dropped and made anew.
    static final Duration WATCHDOG = Duration.ofMinutes(2);

    /// No policy keeps an edge away longer.
    static final Duration SPREAD_MAX = Duration.ofHours(1);

    static final Duration RECONNECT_FIRST = Duration.ofSeconds(1);
    static final Duration URGENT_FIRST = Duration.ofMillis(250);
    /// A patient sees the answer at most so long after the hub is back, and one wait for the connection.
    static final Duration URGENT_MAX = Duration.ofSeconds(2);
    static final Duration STUCK_FIRST = Duration.ofSeconds(1);
    static final Duration STUCK_MAX = Duration.ofMinutes(5);
    static final Duration NO_GRANT_MAX = Duration.ofSeconds(5);
    static final Duration REFUSED_MAX = Duration.ofMinutes(10);
    static final Duration BUSY_MAX = Duration.ofMinutes(15);
    static final Duration BUSY_MIN = Duration.ofMillis(100);
    static final Duration FULL = Duration.ofMinutes(1);

    /// Between two answers without news, whatever the hub does.
    static final Duration NO_NEWS_MIN = Duration.ofMillis(200);

    /// After so long without being thrown out again, the other process of this device seems gone.
    static final Duration CLASH_REMEMBERED = STUCK_MAX.multipliedBy(2);

    /// Operators hear from an idle edge so often.
    static final Duration REPORT_EVERY = Duration.ofMinutes(5);

    /// The hub's time is written down so often.
    static final Duration HUB_TIME_EVERY = Duration.ofMinutes(10);

    /// Two lives of the hub within this are two hubs answering in turn.
    static final Duration RESTARTS_APART = Duration.ofMinutes(1);

    private Waits() {}

    /// How long the hub may make an edge wait.
    static Duration busy(Duration retryAfter) {
        if (retryAfter.compareTo(BUSY_MIN) < 0) {
            return BUSY_MIN;
        }
        return retryAfter.compareTo(BUSY_MAX) > 0 ? BUSY_MAX : retryAfter;
    }
}
