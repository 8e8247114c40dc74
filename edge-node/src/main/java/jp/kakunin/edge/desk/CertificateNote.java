package jp.kakunin.edge.desk;

import java.time.LocalDate;
import java.time.YearMonth;

/// What to tell about the end of a card's certificate: it serves eligibility checks for three months after the month in
/// which it ends.
enum CertificateNote {
    NONE,
    /// So new that the national system may not know it yet.
    NEW,
    EXPIRES,
    GRACE,
    EXPIRED;

    static final int WARNING_MONTHS = 3;
    static final int GRACE_MONTHS = 3;

    /// Maintenance of the national system has once kept renewed certificates unknown for days.
    static final int NEW_DAYS = 7;

    static CertificateNote of(LocalDate begins, LocalDate ends, LocalDate today) {
        if (today.isAfter(graceEnds(ends))) {
            return EXPIRED;
        }
        if (today.isAfter(ends)) {
            return GRACE;
        }
        if (!today.isBefore(ends.minusMonths(WARNING_MONTHS))) {
            return EXPIRES;
        }
        return today.isBefore(begins) || today.isAfter(begins.plusDays(NEW_DAYS)) ? NONE : NEW;
    }

    static LocalDate graceEnds(LocalDate ends) {
        return YearMonth.from(ends).plusMonths(GRACE_MONTHS).atEndOfMonth();
    }
}
