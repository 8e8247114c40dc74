package jp.kakunin.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;

/// The month in which a patient was treated, in Japanese time: the unit of a claim form and of forgetting. All month
/// arithmetic of the product stands here.
public record TreatmentMonth(YearMonth value) implements Comparable<TreatmentMonth> {
    public static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    public static TreatmentMonth of(LocalDate date) {
        return new TreatmentMonth(YearMonth.from(date));
    }

    public static TreatmentMonth of(int year, int month) {
        return new TreatmentMonth(YearMonth.of(year, month));
    }

    /// Reads `2026-11`.
    public static TreatmentMonth parse(String text) {
        return new TreatmentMonth(YearMonth.parse(text));
    }

    /// The month that runs in Japan at that instant.
    public static TreatmentMonth at(Instant instant) {
        return of(dateAt(instant));
    }

    /// The date in Japan at that instant: the only business date there is.
    public static LocalDate dateAt(Instant instant) {
        return LocalDate.ofInstant(instant, JAPAN);
    }

    public TreatmentMonth next() {
        return new TreatmentMonth(value.plusMonths(1));
    }

    public TreatmentMonth previous() {
        return new TreatmentMonth(value.minusMonths(1));
    }

    public boolean contains(LocalDate date) {
        return YearMonth.from(date).equals(value);
    }

    /// The day by which a deferred first visit should be confirmed: the last of the month.
    public LocalDate due() {
        return value.atEndOfMonth();
    }

    /// The day the claim is filed, in the month after; `dayOfMonth` is the clinic's habit (normally the 10th).
    public LocalDate filing(int dayOfMonth) {
        YearMonth next = value.plusMonths(1);
        return next.atDay(Math.min(dayOfMonth, next.lengthOfMonth()));
    }

    /// The last day on which the month may be seen: the last of the month after.
    public LocalDate closes() {
        return value.plusMonths(1).atEndOfMonth();
    }

    /// The instant of 24:00 in Japan on [#closes]: from here on the month is gone.
    public Instant closedFrom() {
        return closes().plusDays(1).atStartOfDay(JAPAN).toInstant();
    }

    public boolean isClosedAt(Instant instant) {
        return !instant.isBefore(closedFrom());
    }

    /// Months since year 0, for keys: consecutive, and in byte order of time.
    public int index() {
        return value.getYear() * 12 + value.getMonthValue() - 1;
    }

    public static TreatmentMonth ofIndex(int index) {
        return of(Math.floorDiv(index, 12), Math.floorMod(index, 12) + 1);
    }

    @Override
    public int compareTo(TreatmentMonth other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
