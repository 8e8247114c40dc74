package jp.kakunin.edge.receipt;

import java.time.Instant;
import java.util.SortedSet;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.Particulars;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitStanding;
import org.jspecify.annotations.Nullable;

/// A visit as a receipt computer gets it. Holds no time that runs: it changes when facts do, and then it is told again.
///
/// @param person all patient ids that are this patient
/// @param typedName what the staff called a patient whom the authority has not named
/// @param said the authority's answer that decides: the proof, or what speaks against it
/// @param coverage of the proof, or of the earlier result that an oral attestation rests on
/// @param reference the clinic's own number of the patient (照会番号)
record ClaimVisit(
        InstitutionCode clinic,
        VisitStanding judged,
        SortedSet<PatientId> person,
        @Nullable String typedName,
        Fact.@Nullable AnswerReceived said,
        @Nullable Insured insured,
        @Nullable Coverage coverage,
        Particulars particulars,
        @Nullable String reference,
        Instant arrivedAt) {

    TreatmentMonth month() {
        return judged.month();
    }

    /// Whether a claim may be filed as far as eligibility goes.
    boolean isClaimable() {
        return switch (judged.standing()) {
            case Standing.Confirmed _, Standing.Attested _ -> true;
            case Standing.Waiting _, Standing.Deferred _, Standing.Refused _, Standing.Contested _ -> false;
        };
    }

    @Nullable
    String name() {
        return insured == null ? typedName : insured.name();
    }

    @Override
    public String toString() {
        return "ClaimVisit[" + judged.visit() + "]";
    }
}
