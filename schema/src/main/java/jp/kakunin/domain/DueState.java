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

    /// The day of the month after on which claims are filed, unless a clinic or hub is told another.
    public static final int FILING_DAY = 10;

    public static DueState of(VisitStanding visit, LocalDate today, int filingDay) {
        boolean owed = visit.kind() == VisitKind.INITIAL && visit.standing().isOpen();
        return of(visit.month(), owed, today, filingDay);
    }

    public static DueState of(TreatmentMonth month, boolean owed, LocalDate today, int filingDay) {
        if (today.isAfter(month.closes())) {
            return CLOSED;
        }
        if (!owed) {
            return NOT_OWED;
        }
        if (!today.isAfter(month.due())) {
            return BEFORE_DUE;
        }
        return today.isAfter(month.filing(filingDay)) ? FILING_MISSED : OVERDUE;
    }
}
