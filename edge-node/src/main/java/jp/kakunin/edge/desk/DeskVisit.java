package jp.kakunin.edge.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Deadline;
import jp.kakunin.domain.DueState;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.ProofNumber;
import jp.kakunin.domain.VisitStanding;
import org.jspecify.annotations.Nullable;

/// A visit as the desk shows it.
///
/// @param person all patient ids that are this patient
/// @param name what the authority or the staff called the patient; null while neither did
/// @param denial the check to which the authority said no for that day
/// @param said what the authority said where that decides: the answer behind a refused visit
/// @param numbers the proof number of each check that has an answer
/// @param deadline the date that matters now
/// @param sent whether the hub has acknowledged everything recorded here for this visit
record DeskVisit(
        InstitutionCode clinic,
        VisitStanding judged,
        Set<PatientId> person,
        @Nullable String name,
        @Nullable Insured insured,
        Instant arrivedAt,
        List<Fact.CheckRecorded> checks,
        List<Fact.PatientsJoined> joins,
        Map<CheckId, ProofNumber> numbers,
        @Nullable CheckId denial,
        @Nullable Answer said,
        DueState due,
        Deadline deadline,
        LocalDate filing,
        boolean sent,
        NextStep next) {

    /// The standing, with each way of saying no apart: invalid, not found and several have other remedies.
    String word() {
        return switch (said) {
            case Answer.NotFound _ -> "not_found";
            case Answer.Several _ -> "several";
            case null, default -> judged.standing().word().toLowerCase(Locale.ROOT);
        };
    }

    @Override
    public String toString() {
        return "DeskVisit[" + judged.visit() + "]";
    }
}
