package jp.kakunin.edge.desk;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.outbox.Remarked;
import org.jspecify.annotations.Nullable;

/// A record that took no effect at the hub, and that no row of the list on the page tells of.
///
/// @param visit where it belongs to, or empty if that is nowhere to be seen
/// @param why the reason and what to do
public record NotTaken(String what, String when, String why, String visit) {
    /// More are only counted.
    static final int SHOWN_MAX = 20;

    /// The newest first, those that nobody can read any more last.
    ///
    /// @param listed the visits that are on the page
    static List<NotTaken> of(Book book, List<DeskVisit> listed, Texts texts) {
        Set<FactId> told = new HashSet<>();
        listed.stream()
                .flatMap(visit -> Stream.concat(visit.checks().stream(), visit.joins().stream()))
                .forEach(fact -> told.add(fact.id()));
        Map<FactId, Fact> facts = new HashMap<>();
        book.recorded().forEach(fact -> facts.put(fact.id(), fact));
        return book.remarks().entrySet().stream()
                .filter(remark -> !told.contains(remark.getKey()))
                .sorted(Comparator.comparing(
                                (Map.Entry<FactId, Remarked> remark) -> !facts.containsKey(remark.getKey()))
                        .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                .map(remark -> of(facts.get(remark.getKey()), remark.getValue(), book, texts))
                .toList();
    }

    private static NotTaken of(@Nullable Fact fact, Remarked remarked, Book book, Texts texts) {
        String why = VisitDetail.remark(remarked, texts);
        if (fact == null) {
            return new NotTaken(texts.text("record.unread"), "", why, "");
        }
        String when = texts.moment(fact.envelope().capturedAt());
        return fact instanceof Fact.CheckRecorded check
                ? new NotTaken(
                        texts.text("record.check", texts.day(check.treatmentDate())),
                        when,
                        why,
                        book.visit(check.visit()).isPresent() ? check.visit().toString() : "")
                : new NotTaken(texts.text(key(fact)), when, why, "");
    }

    private static String key(Fact fact) {
        return switch (fact) {
            case Fact.PatientsJoined _ -> "record.join";
            case Fact.ReferenceSet _ -> "record.reference";
            case Fact.FactWithdrawn _ -> "record.withdrawal";
            case Fact.CheckRecorded _, Fact.Sealed _, Fact.Quarantined _ -> "record.other";
        };
    }

    @Override
    public String toString() {
        return "NotTaken[" + what + "]";
    }
}
