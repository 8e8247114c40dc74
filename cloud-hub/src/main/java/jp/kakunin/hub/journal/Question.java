package jp.kakunin.hub.journal;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.UUID;
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
    private static final InstitutionCode HIGHEST = new InstitutionCode("9999999999");
    private static final Comparator<Question> ORDER = Comparator.comparing(Question::month)
            .thenComparing(Question::kind)
            .thenComparing(Question::check)
            .thenComparing(Question::clinic);

    /// What this question and later ones come behind: no clinic is above the highest.
    public Question justBefore() {
        long high = check.value().getMostSignificantBits();
        long low = check.value().getLeastSignificantBits();
        CheckId before = new CheckId(new UUID(low == 0 ? high - 1 : high, low - 1));
        return new Question(month, kind, before, HIGHEST, patient, treatmentDate);
    }

    @Override
    public int compareTo(Question other) {
        return ORDER.compare(this, other);
    }
}
