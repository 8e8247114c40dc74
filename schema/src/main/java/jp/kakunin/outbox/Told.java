package jp.kakunin.outbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import jp.kakunin.domain.Digest;
import org.jspecify.annotations.Nullable;

/// What a receipt computer was told last of a visit: where in the sequence of changes, and a digest of what.
///
/// @param content null when it was told that the visit is gone
public record Told(long seq, Instant at, @Nullable Digest content) {
    public Told {
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }
}
