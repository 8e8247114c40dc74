package jp.kakunin.journal;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Epoch;
import org.jspecify.annotations.Nullable;

/// One fact as the hub took it.
public record JournalEntry(Instant receivedAt, @Nullable Origin origin, byte[] fact) {
    /// The stream that brought it; absent for the hub's own facts.
    public record Origin(DeviceId device, Epoch epoch, long seq) {}

    @Override
    public boolean equals(Object other) {
        return other instanceof JournalEntry entry
                && receivedAt.equals(entry.receivedAt)
                && Objects.equals(origin, entry.origin)
                && Arrays.equals(fact, entry.fact);
    }

    @Override
    public int hashCode() {
        return Objects.hash(receivedAt, origin, Arrays.hashCode(fact));
    }

    @Override
    public String toString() {
        return "JournalEntry[" + receivedAt + ", " + fact.length + " bytes]";
    }
}
