package jp.kakunin.domain;

/// What a visit's eligibility stands at. Derived from facts; has no time in it.
public sealed interface Standing {
    record Confirmed(By by) implements Standing {}

    record Attested(Evidence.Basis basis) implements Standing {}

    /// Card evidence, no answer yet.
    record Waiting() implements Standing {}

    record Deferred() implements Standing {}

    /// The authority said no, and nothing speaks against it.
    record Refused() implements Standing {}

    /// The authority said no, but there is a proof: kept, and the clinic is warned before it files the claim.
    record Contested() implements Standing {}

    enum By {
        CARD,
        NUMBER,
        DOCUMENT,
        DOCUMENT_DESPITE
    }

    /// The one word for screens, wire and logs, e.g. `CONFIRMED`.
    default String word() {
        return switch (this) {
            case Confirmed _ -> "CONFIRMED";
            case Attested _ -> "ATTESTED";
            case Waiting _ -> "WAITING";
            case Deferred _ -> "DEFERRED";
            case Refused _ -> "REFUSED";
            case Contested _ -> "CONTESTED";
        };
    }

    /// Whether something must still happen before the claim of a first visit is safe.
    default boolean isOpen() {
        return switch (this) {
            case Confirmed _, Attested _ -> false;
            case Waiting _, Deferred _, Refused _, Contested _ -> true;
        };
    }
}
