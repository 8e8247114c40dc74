package jp.kakunin.domain;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What the patient showed. Every evidence but a card read while online carries the reason why nothing better was
/// had.
public sealed interface Evidence {
    /// A My Number card, with PIN or by looking at the face. The sealed attachment travels beside the fact, which
    /// holds only its hash.
    record Card(Verification verification, Digest attachment) implements Evidence {}

    /// A paper or a screen. The eligibility certificate stands alone; a portal screen or an eligibility notice
    /// counts only together with the card.
    record Document(DocumentKind document, @Nullable Coverage shown, Reason reason) implements Evidence {
        public boolean isAcceptable() {
            return switch (document) {
                case ELIGIBILITY_CERTIFICATE -> true;
                case PORTAL_SCREEN, ELIGIBILITY_NOTICE -> reason != Reason.NO_CARD;
            };
        }
    }

    record Oral(Basis basis, Reason reason) implements Evidence {}

    record None(Reason reason) implements Evidence {}

    enum Verification {
        PIN,
        VISUAL
    }

    enum DocumentKind {
        ELIGIBILITY_CERTIFICATE,
        PORTAL_SCREEN,
        ELIGIBILITY_NOTICE
    }

    /// Why no card was read; a closed list, so that an operator can count them.
    enum Reason {
        NO_CARD,
        READER_FAULT,
        CARD_FAULT,
        PIN_UNKNOWN_OR_BLOCKED,
        CERTIFICATE_EXPIRED,
        ANSWER_NEGATIVE,
        NO_ANSWER,
        OTHER
    }

    /// What an oral attestation rests on. It refers to nothing outside its fact.
    sealed interface Basis {
        /// An earlier result the clinic saw: which check, as of when, and a digest of the coverage.
        record Shown(CheckId check, LocalDate asOf, Digest coverage) implements Basis {}

        /// The clinic's own treatment record (施術録).
        record OwnRecord() implements Basis {}
    }
}
