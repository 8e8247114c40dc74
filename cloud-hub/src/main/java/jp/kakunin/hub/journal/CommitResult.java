package jp.kakunin.hub.journal;

import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.journal.Head;

/// What became of a commit. Everything but [Committed] left the journal as it was.
public sealed interface CommitResult {
    /// Durable; the clinic's new head.
    record Committed(Head head) implements CommitResult {}

    /// Somebody else moved the clinic's head: read again and decide again.
    record Conflict(Head actual) implements CommitResult {}

    /// It touches a month that was closed meanwhile: decide again.
    record MonthClosed(TreatmentMonth month) implements CommitResult {}

    /// Too many commits are waiting: come again later.
    record Full() implements CommitResult {}
}
