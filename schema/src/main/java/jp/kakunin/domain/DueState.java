package jp.kakunin.domain;

import java.time.LocalDate;

/// How a visit stands to its dates. Kept apart from [Standing], which has no time in it.
public enum DueState {
    /// Nothing is owed: confirmed, attested, or a repeat visit.
    NOT_OWED,
    /// Owed, and the last day of the treatment month has not passed.
    BEFORE_DUE,
    /// Owed and past due, but the claim is not filed yet.
    OVERDUE,
    /// Owed and past the filing day.
    FILING_MISSED,
    /// The month is gone; nothing can be done any more.
    CLOSED;

    public static final int FILING_DAY = 10;

    public static DueState of(VisitStanding visit, LocalDate today, int filingDay) {
        TreatmentMonth month = visit.month();
        if (today.isAfter(month.closes())) {
            return CLOSED;
        }
        if (visit.kind() == VisitKind.REPEAT || !visit.standing().isOpen()) {
            return NOT_OWED;
        }
        if (!today.isAfter(month.due())) {
            return BEFORE_DUE;
        }
        return today.isAfter(month.filing(filingDay)) ? FILING_MISSED : OVERDUE;
    }
}
