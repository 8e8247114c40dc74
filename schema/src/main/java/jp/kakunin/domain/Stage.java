package jp.kakunin.domain;

import java.time.LocalDate;

/// How near a date is. A function of two dates and nothing else, so that nothing has to run at midnight.
public enum Stage {
    LATER,
    /// Seven to four days before.
    WEEK,
    /// Three or two days before.
    THREE_DAYS,
    /// The day before and the day itself.
    ONE_DAY,
    AFTER;

    private static final int WEEK_DAYS = 7;
    private static final int THREE = 3;

    public static Stage of(LocalDate date, LocalDate today) {
        if (today.isAfter(date)) {
            return AFTER;
        }
        if (!today.isBefore(date.minusDays(1))) {
            return ONE_DAY;
        }
        if (!today.isBefore(date.minusDays(THREE))) {
            return THREE_DAYS;
        }
        return today.isBefore(date.minusDays(WEEK_DAYS)) ? LATER : WEEK;
    }
}
