package jp.kakunin.hub.authority;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import org.jspecify.annotations.Nullable;

/// What came of asking.
public sealed interface AuthorityResult {
    record Answered(LocalDate asOf, Instant answeredAt, Answer answer) implements AuthorityResult {}

    /// Changes nothing; ask again later.
    ///
    /// @param pause what the authority wants the hub to wait before it asks anything again, if it said so
    record NoAnswer(Cause cause, @Nullable Duration pause) implements AuthorityResult {
        public NoAnswer(Cause cause) {
            this(cause, null);
        }
    }

    /// The evidence is no evidence: asking again cannot help.
    record Unusable(EvidenceFlaw flaw) implements AuthorityResult {}

    enum Cause {
        UNREACHABLE,
        TIMED_OUT,
        /// It takes no more questions for a while.
        BUSY,
        /// 処理中: it has the question and works on it.
        PROCESSING,
        /// 異常終了, or a reply that cannot be understood or is not about this question.
        ABNORMAL,
        /// The authority cannot be asked this way.
        NOT_CAPABLE;

        /// Whether the authority spoke to us at all: then it is not away.
        boolean isAlive() {
            return this == BUSY || this == PROCESSING;
        }
    }
}
