package jp.kakunin.load.population;

import java.time.Duration;

/// Something is away for a while, counted from the start of the load.
///
/// @param carrier for LINE: whose lines; empty for all
public record Outage(What what, String carrier, Duration from, Duration to) {
    public enum What {
        HUB,
        LINE,
        AUTHORITY
    }

    public Outage {
        if (from.isNegative() || to.compareTo(from) <= 0) {
            throw new IllegalArgumentException("an outage must end after it begins, from " + from + " to " + to);
        }
    }
}
