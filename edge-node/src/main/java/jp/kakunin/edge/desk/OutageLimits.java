package jp.kakunin.edge.desk;

import java.time.Duration;

/// When being without the hub becomes a worry (amber), and when paper has to help (red).
public record OutageLimits(Duration amber, Duration red) {
    public static final OutageLimits DEFAULT = new OutageLimits(Duration.ofHours(4), Duration.ofHours(24));

    public OutageLimits {
        if (amber.isNegative() || amber.isZero() || red.compareTo(amber) <= 0) {
            throw new IllegalArgumentException(
                    "--offline-amber must be more than 0 hours, and --offline-red more than --offline-amber");
        }
    }

    public static OutageLimits ofHours(int amber, int red) {
        return new OutageLimits(Duration.ofHours(amber), Duration.ofHours(red));
    }
}
