package jp.kakunin.hub.journal;

import java.time.LocalDate;
import java.util.Comparator;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;

/// Card evidence the authority has not spoken about yet. Ordered as it is to be asked: closing month first, then
/// first visits before later ones, then the oldest.
public record Question(
        TreatmentMonth month,
        VisitKind kind,
        CheckId check,
        InstitutionCode clinic,
        PatientId patient,
        LocalDate treatmentDate)
        implements Comparable<Question> {
    private static final Comparator<Question> ORDER = Comparator.comparing(Question::month)
            .thenComparing(Question::kind)
            .thenComparing(Question::check)
            .thenComparing(Question::clinic);

    @Override
    public int compareTo(Question other) {
        return ORDER.compare(this, other);
    }
}
