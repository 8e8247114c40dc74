package jp.kakunin.hub.reconcile;

import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;

/// What becomes of one sent fact: exactly one of the five that a tally counts.
sealed interface Fate {
    record Stored(Fact fact) implements Fate {}

    /// Known already by its id.
    record Held(Fact fact) implements Fate {}

    record Refused() implements Fate {}

    record Quarantined(QuarantineReason reason) implements Fate {}

    /// Of a month that is closed.
    record Forgotten() implements Fate {}
}
