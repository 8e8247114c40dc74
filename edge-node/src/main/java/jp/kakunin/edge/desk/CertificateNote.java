package jp.kakunin.edge.desk;

import java.time.LocalDate;
import java.time.YearMonth;

/// What to tell about the end of a card's certificate: it serves eligibility checks for three months after the month in
/// which it ends.
enum CertificateNote {
    NONE,
    EXPIRES,
    GRACE,
    EXPIRED;

    static final int WARNING_MONTHS = 3;
    static final int GRACE_MONTHS = 3;

    static CertificateNote of(LocalDate ends, LocalDate today) {
        if (today.isAfter(graceEnds(ends))) {
            return EXPIRED;
        }
        if (today.isAfter(ends)) {
            return GRACE;
        }
        return today.isBefore(ends.minusMonths(WARNING_MONTHS)) ? NONE : EXPIRES;
    }

    static LocalDate graceEnds(LocalDate ends) {
        return YearMonth.from(ends).plusMonths(GRACE_MONTHS).atEndOfMonth();
    }
}
