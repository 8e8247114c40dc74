package jp.kakunin.exchange;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What a stream still has to send after this batch, for the operators' screen and the hub's order of admission.
public record Backlog(
        long facts,
        long bytes,
        @Nullable Instant oldest,
        @Nullable LocalDate earliestDue) {
    public static final Backlog NONE = new Backlog(0, 0, null, null);
}
