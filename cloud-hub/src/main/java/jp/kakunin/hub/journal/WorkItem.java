package jp.kakunin.hub.journal;

import java.time.LocalDate;
import java.util.Comparator;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;

/// An open obligation: a first visit that is not confirmed yet. Named by clinic, date and visit; ordered by due date.
///
/// @param standing the word of the standing, e.g. `WAITING`
public record WorkItem(
        InstitutionCode clinic, LocalDate treatmentDate, VisitId visit, PatientId patient, String standing)
        implements Comparable<WorkItem> {
    private static final Comparator<WorkItem> ORDER = Comparator.comparing(WorkItem::due)
            .thenComparing(WorkItem::clinic)
            .thenComparing(WorkItem::treatmentDate)
            .thenComparing(WorkItem::visit);

    public TreatmentMonth month() {
        return TreatmentMonth.of(treatmentDate);
    }

    public LocalDate due() {
        return month().due();
    }

    @Override
    public int compareTo(WorkItem other) {
        return ORDER.compare(this, other);
    }
}
