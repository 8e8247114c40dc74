package jp.kakunin.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Something that happened, recorded once and never changed. Facts are the only truth; everything else is derived.
public sealed interface Fact {
    Envelope envelope();

    default FactId id() {
        return envelope().id();
    }

    /// Whether the hub records it. What the hub recorded cannot be withdrawn by an edge.
    default boolean isFromHub() {
        return switch (this) {
            case Sealed _, Quarantined _ -> true;
            case CheckRecorded _, PatientsJoined _, ReferenceSet _, FactWithdrawn _ -> false;
        };
    }

    /// From an edge: one attempt to establish eligibility for one visit. `patientName` is what a clinic typed for
    /// a patient without a card; `despite` names the negative check that a document was accepted against;
    /// `replaces` the mis-tapped check of the same visit that this one stands for; `copayCharged` is the share
    /// charged, in percent.
    record CheckRecorded(
            Envelope envelope,
            VisitId visit,
            CheckId check,
            VisitKind kind,
            LocalDate treatmentDate,
            Evidence evidence,
            @Nullable String patientName,
            @Nullable CheckId despite,
            @Nullable Integer copayCharged,
            @Nullable CheckId replaces)
            implements Fact {
        @Nullable
        Coverage shownCoverage() {
            return evidence instanceof Evidence.Document document ? document.shown() : null;
        }

        @Override
        public String toString() {
            return "CheckRecorded[" + id() + "]";
        }
    }

    /// From an edge: two patient ids are one person. Filed under `a`, effective for both.
    record PatientsJoined(Envelope envelope, PatientId a, PatientId b) implements Fact {}

    /// From an edge: the clinic's own key for the patient (照会番号).
    record ReferenceSet(Envelope envelope, String reference) implements Fact {
        @Override
        public String toString() {
            return "ReferenceSet[" + id() + "]";
        }
    }

    /// From an edge: takes back another edge fact of the same patient-month, itself able to be taken back.
    record FactWithdrawn(Envelope envelope, FactId fact, WithdrawalReason reason) implements Fact {}

    /// From the hub: what came of asking the authority about one check. Edges keep it; `seal` lets the hub know its
    /// own fact again when an edge gives it back after the hub was restored.
    sealed interface Sealed extends Fact {
        CheckId check();

        Digest seal();

        Sealed withSeal(Digest other);
    }

    /// What the authority said, and the number the clinic writes down of it.
    record AnswerReceived(
            Envelope envelope,
            CheckId check,
            LocalDate asOf,
            Instant answeredAt,
            Answer answer,
            ProofNumber number,
            Digest seal)
            implements Sealed {
        public AnswerReceived {
            answeredAt = answeredAt.truncatedTo(ChronoUnit.MILLIS);
        }

        @Override
        public AnswerReceived withSeal(Digest other) {
            return new AnswerReceived(envelope, check, asOf, answeredAt, answer, number, other);
        }
    }

    /// The card evidence of the check is no evidence, so the authority cannot be asked about it. Says nothing about
    /// the patient: it ends a wait, and any answer is stronger.
    record EvidenceFoundUnusable(Envelope envelope, CheckId check, EvidenceFlaw flaw, Digest seal) implements Sealed {
        @Override
        public EvidenceFoundUnusable withSeal(Digest other) {
            return new EvidenceFoundUnusable(envelope, check, flaw, other);
        }
    }

    /// From the hub: a fact it took but could not let take effect, with the reason shown to clinic and operator.
    record Quarantined(Envelope envelope, Digest content, QuarantineReason reason) implements Fact {}

    enum WithdrawalReason {
        MISTAKE,
        WRONG_PATIENT,
        UNDONE
    }

    enum EvidenceFlaw {
        /// None came, or not the one its check names.
        MISSING,
        /// The authority's key does not open it.
        NOT_READABLE,
        NOT_A_CERTIFICATE,
        SIGNATURE_WRONG,
        /// The authority can be asked only while the patient is there, and that time has passed.
        TOO_OLD
    }

    enum QuarantineReason {
        UNREADABLE,
        UNKNOWN_SCHEMA,
        WRONG_CLINIC,
        CLOCK_DOUBTFUL,
        FUTURE_DATE,
        TOO_LARGE,
        NOT_AN_EDGE_FACT,
        FORGED_ANSWER,
        DEVICE_REVOKED
    }
}
