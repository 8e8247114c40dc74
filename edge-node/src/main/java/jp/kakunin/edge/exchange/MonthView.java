package jp.kakunin.edge.exchange;

import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.outbox.Remarked;

/// Some months of a clinic as this edge knows them: own and pulled facts, which of them the hub is not known to have,
/// and what the hub remarked about facts that took no effect.
///
/// @param remarks on facts of all months that are not hidden
/// @param elsewhere the facts of other months that the hub remarked about, as far as this version can read them
public record MonthView(
        List<Fact> facts, Set<FactId> unacknowledged, Map<FactId, Remarked> remarks, List<Fact> elsewhere) {
    public MonthView {
        facts = List.copyOf(facts);
        unacknowledged = Set.copyOf(unacknowledged);
        remarks = Map.copyOf(remarks);
        elsewhere = List.copyOf(elsewhere);
    }
}
