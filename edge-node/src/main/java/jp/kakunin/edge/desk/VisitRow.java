package jp.kakunin.edge.desk;

import java.util.Locale;
import java.util.Set;
import jp.kakunin.domain.DueState;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.domain.VisitStanding;

/// One line of the list of visits, ready to be shown.
///
/// @param say what a screen reader is told when the line changes
public record VisitRow(
        String id,
        String time,
        String patient,
        String kind,
        String standing,
        String word,
        String by,
        String due,
        boolean owed,
        boolean late,
        String next,
        boolean todo,
        boolean sent,
        String say) {
    private static final Set<DueState> LATE = Set.of(DueState.OVERDUE, DueState.FILING_MISSED);

    static VisitRow of(DeskVisit visit, Texts texts) {
        VisitStanding judged = visit.judged();
        String patient = patient(visit, texts);
        String word = texts.text(standingKey(judged.standing()));
        return new VisitRow(
                judged.visit().toString(),
                texts.time(visit.arrivedAt()),
                patient,
                kind(judged.kind(), texts),
                judged.standing().word().toLowerCase(Locale.ROOT),
                word,
                judged.standing() instanceof Standing.Confirmed(Standing.By by) ? texts.text("by", by) : "",
                due(visit, texts),
                visit.due() != DueState.NOT_OWED,
                LATE.contains(visit.due()),
                texts.text(visit.next().key()),
                visit.next() != NextStep.NOTHING,
                visit.sent(),
                texts.text("visits.changed", patient, word));
    }

    static String patient(DeskVisit visit, Texts texts) {
        return visit.name() == null ? texts.text("visits.nameless", texts.time(visit.arrivedAt())) : visit.name();
    }

    static String kind(VisitKind kind, Texts texts) {
        return texts.text("kind", kind);
    }

    static String standingKey(Standing standing) {
        return "standing." + standing.word().toLowerCase(Locale.ROOT);
    }

    static String due(DeskVisit visit, Texts texts) {
        return texts.text(
                "due." + visit.due().name().toLowerCase(Locale.ROOT),
                texts.date(visit.judged().month().due()));
    }

    @Override
    public String toString() {
        return "VisitRow[" + id + "]";
    }
}
