package jp.kakunin.hub.authority;

import java.time.Instant;
import java.time.LocalDate;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Fact.EvidenceFlaw;

/// What came of asking.
public sealed interface AuthorityResult {
    record Answered(LocalDate asOf, Instant answeredAt, Answer answer) implements AuthorityResult {}

    /// Changes nothing; ask again later.
    record NoAnswer(Cause cause) implements AuthorityResult {}

    /// The evidence is no evidence: asking again cannot help.
    record Unusable(EvidenceFlaw flaw) implements AuthorityResult {}

    enum Cause {
        UNREACHABLE,
        TIMED_OUT,
        BUSY,
        /// The authority cannot be asked this way.
        NOT_CAPABLE
    }
}
