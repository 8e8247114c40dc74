package jp.kakunin.edge.desk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kakunin.domain.DueState;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.outbox.Remarked;

/// One line of the list of visits, ready to be shown.
///
/// @param apart what tells it from other visits of the same patient on that day
/// @param remark why the hub let something of it take no effect, and what to do; mostly empty
/// @param say what a screen reader is told when the line changes
public record VisitRow(
        String id,
        String time,
        String patient,
        String kind,
        String apart,
        String standing,
        String word,
        String by,
        String due,
        String date,
        String deadline,
        boolean owed,
        boolean late,
        String next,
        boolean todo,
        boolean sent,
        String remark,
        String say) {
    private static final Set<DueState> LATE = Set.of(DueState.OVERDUE, DueState.FILING_MISSED);

    /// @param all of the day
    static VisitRow of(DeskVisit visit, List<DeskVisit> all, Map<FactId, Remarked> remarks, Texts texts) {
        VisitStanding judged = visit.judged();
        String patient = patient(visit, texts);
        String word = texts.text(standingKey(visit));
        String apart = apart(visit, all, texts);
        return new VisitRow(
                judged.visit().toString(),
                texts.time(visit.arrivedAt()),
                patient,
                kind(judged.kind(), texts),
                apart,
                judged.standing().word().toLowerCase(Locale.ROOT),
                word,
                judged.standing() instanceof Standing.Confirmed(Standing.By by) ? texts.text("by", by) : "",
                due(visit, texts),
                texts.date(judged.treatmentDate()),
                judged.standing() instanceof Standing.Confirmed ? "" : deadline(visit, texts),
                visit.due() != DueState.NOT_OWED,
                LATE.contains(visit.due()),
                texts.text(visit.next().key()),
                visit.next() != NextStep.NOTHING,
                visit.sent(),
                remark(visit, remarks, texts),
                texts.text("visits.changed", apart.isEmpty() ? patient : patient + " (" + apart + ")", word));
    }

    private static String remark(DeskVisit visit, Map<FactId, Remarked> remarks, Texts texts) {
        return Stream.concat(visit.checks().stream(), visit.joins().stream())
                .map(fact -> remarks.get(fact.id()))
                .filter(Objects::nonNull)
                .map(remark -> VisitDetail.remark(remark, texts))
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /// One patient may have two visits on a day, mostly after a join: one put down without a card, one with it.
    private static String apart(DeskVisit visit, List<DeskVisit> all, Texts texts) {
        long ofPerson = all.stream()
                .filter(other -> other.person().equals(visit.person()))
                .count();
        return ofPerson < 2
                ? ""
                : texts.text(
                        "visits.apart",
                        VisitDetail.evidence(visit.checks().getFirst().evidence(), texts),
                        ofPerson);
    }

    static String patient(DeskVisit visit, Texts texts) {
        return visit.name() == null ? texts.text("visits.nameless", texts.time(visit.arrivedAt())) : visit.name();
    }

    static String kind(VisitKind kind, Texts texts) {
        return texts.text("kind", kind);
    }

    static String standingKey(DeskVisit visit) {
        return "standing." + visit.word();
    }

    private static String deadline(DeskVisit visit, Texts texts) {
        return texts.text(
                "deadline." + visit.deadline().kind().name().toLowerCase(Locale.ROOT),
                texts.date(visit.deadline().date()),
                texts.text("stage", visit.deadline().stage()));
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
