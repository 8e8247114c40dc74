package jp.kakunin.domain;

import java.time.LocalDate;

/// The date that matters most now for a visit that is not confirmed, and how near it is. A date that has passed goes on
/// to matter until the next one is a week away.
public record Deadline(Kind kind, LocalDate date, Stage stage) {
    public enum Kind {
        DUE,
        FILING,
        CLOSES
    }

    /// A first visit is due by the end of its month, a repeat visit must only be right when the claim is filed. A
    /// first visit of the last day can hardly be confirmed in its month and was never reminded of it: it counts
    /// against the filing day from the start, so that midnight does not turn a whole day's visits into late ones.
    public static Deadline of(VisitKind kind, LocalDate treatmentDate, LocalDate today, int filingDay) {
        TreatmentMonth month = TreatmentMonth.of(treatmentDate);
        LocalDate due = month.due();
        LocalDate filing = month.filing(filingDay);
        LocalDate closes = month.closes();
        boolean canBeDue = kind == VisitKind.INITIAL && treatmentDate.isBefore(due);
        if (canBeDue && (!today.isAfter(due) || Stage.of(filing, today) == Stage.LATER)) {
            return new Deadline(Kind.DUE, due, Stage.of(due, today));
        }
        if (!today.isAfter(filing) || Stage.of(closes, today) == Stage.LATER) {
            return new Deadline(Kind.FILING, filing, Stage.of(filing, today));
        }
        return new Deadline(Kind.CLOSES, closes, Stage.of(closes, today));
    }
}
