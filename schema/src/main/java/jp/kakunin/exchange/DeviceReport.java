package jp.kakunin.exchange;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the edge node is, said with every push. `leaving` gives the reason when it says goodbye.
public record DeviceReport(
        Instant clock,
        Duration uptime,
        String appVersion,
        ReaderCondition reader,
        @Nullable String leaving) {
    /// The states of a card reader, as operators see them.
    public enum ReaderCondition {
        NO_SERVICE,
        NO_READER,
        EMPTY,
        CARD,
        UNREADABLE,
        NOT_A_MY_NUMBER_CARD
    }
}
