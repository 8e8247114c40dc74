package jp.kakunin.codec;

import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;

/// What the bytes of one fact turned out to be. An unreadable fact is a value: it is set aside, the next goes on.
public sealed interface Decoded {
    record Known(Fact fact) implements Decoded {}

    /// `reason` is one of `UNREADABLE`, `UNKNOWN_SCHEMA` and `TOO_LARGE`.
    record Unreadable(QuarantineReason reason) implements Decoded {}
}
