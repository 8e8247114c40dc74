package jp.kakunin.domain;

import org.jspecify.annotations.Nullable;

/// What the authority said. No answer is not an answer and has no value here.
public sealed interface Answer {
    record Valid(Coverage coverage, Insured insured, Particulars particulars) implements Answer {
        /// Of an authority that tells no more.
        public Valid(Coverage coverage, Insured insured) {
            this(coverage, insured, Particulars.NONE);
        }
    }

    /// 無効; carries the coverage that ended when the authority names it.
    record Invalid(@Nullable Coverage ended) implements Answer {}

    /// 無効（新しい資格あり）.
    record InvalidNewerExists(@Nullable Coverage ended) implements Answer {}

    /// 該当資格なし.
    record NotFound() implements Answer {}

    /// 複数該当.
    record Several() implements Answer {}

    /// 有効（未登録）: valid on the day asked for, without coverage data.
    record ValidUnregistered() implements Answer {}

    /// The coverage it names: the one in force, or the one that ended.
    default @Nullable Coverage coverage() {
        return switch (this) {
            case Valid valid -> valid.coverage();
            case Invalid invalid -> invalid.ended();
            case InvalidNewerExists invalid -> invalid.ended();
            case NotFound _, Several _, ValidUnregistered _ -> null;
        };
    }

    /// What an answer comes to, without anything about the person.
    enum Outcome {
        VALID,
        INVALID,
        INVALID_NEWER_EXISTS,
        NOT_FOUND,
        SEVERAL,
        VALID_UNREGISTERED
    }

    default Outcome outcome() {
        return switch (this) {
            case Valid _ -> Outcome.VALID;
            case Invalid _ -> Outcome.INVALID;
            case InvalidNewerExists _ -> Outcome.INVALID_NEWER_EXISTS;
            case NotFound _ -> Outcome.NOT_FOUND;
            case Several _ -> Outcome.SEVERAL;
            case ValidUnregistered _ -> Outcome.VALID_UNREGISTERED;
        };
    }

    /// Whether the authority said no.
    default boolean isNegative() {
        return switch (this) {
            case Valid _, ValidUnregistered _ -> false;
            case Invalid _, InvalidNewerExists _, NotFound _, Several _ -> true;
        };
    }
}
