package jp.kakunin.domain;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One visit and what it stands at, with the proof it rests on when there is one.
public record VisitStanding(
        VisitId visit,
        PatientId patient,
        VisitKind kind,
        LocalDate treatmentDate,
        Standing standing,
        @Nullable Proof proof,
        Set<Notice> notices) {

    public TreatmentMonth month() {
        return TreatmentMonth.of(treatmentDate);
    }

    /// What decided: the check that was answered or the document that was shown. `asOf` is the date the answer was
    /// asked for; an answer has a number, a document none.
    public record Proof(
            CheckId check,
            LocalDate asOf,
            @Nullable Coverage coverage,
            @Nullable Insured insured,
            @Nullable ProofNumber number) {}

    /// Worth telling the clinic, without changing the standing.
    public enum Notice {
        COPAY_CHANGED,
        PREVIOUS_INSURER_NEEDED,
        COVERAGE_DIFFERS_FROM_ATTESTED,
        /// Deferred although a card was read: what the card gave cannot be used to ask the authority.
        CARD_EVIDENCE_UNUSABLE
    }
}
