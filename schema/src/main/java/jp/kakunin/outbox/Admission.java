package jp.kakunin.outbox;

import jp.kakunin.exchange.Refusal;
import org.jspecify.annotations.Nullable;

/// Whether the hub lets this edge read a clinic, as it said last. Kept on disk: an edge that was shut out hides what it
/// holds, also without a line and after a restart, until the hub lets it read again.
///
/// @param refusal why not; null while it does
public record Admission(@Nullable Refusal refusal) {
    public static final Admission GRANTED = new Admission(null);
}
