package jp.kakunin.hub.journal;

import java.time.LocalDate;
import java.util.Comparator;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;

/// A visit that is not confirmed: an open deferral, a check that waits, an attestation to recheck, a refused or
/// contested visit. Named by clinic, date and visit; ordered by due date.
///
/// @param standing the word of the standing, e.g. `WAITING`
public record WorkItem(
        InstitutionCode clinic,
        LocalDate treatmentDate,
        VisitId visit,
        PatientId patient,
        VisitKind kind,
        String standing)
        implements Comparable<WorkItem> {
    private static final String ATTESTED = "ATTESTED";
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

    /// Whether something must happen before the claim is safe; an attestation is only better rechecked.
    public boolean isOpen() {
        return !standing.equals(ATTESTED);
    }

    /// Whether it must happen by the due date.
    public boolean isOwed() {
        return kind == VisitKind.INITIAL && isOpen();
    }

    @Override
    public int compareTo(WorkItem other) {
        return ORDER.compare(this, other);
    }
}
