package jp.kakunin.edge.exchange;

import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.outbox.Remarked;

/// Some months of a clinic as this edge knows them: own and pulled facts, which of them the hub is not known to have,
/// and what the hub remarked about those that took no effect.
public record MonthView(List<Fact> facts, Set<FactId> unacknowledged, Map<FactId, Remarked> remarks) {
    public MonthView {
        facts = List.copyOf(facts);
        unacknowledged = Set.copyOf(unacknowledged);
        remarks = Map.copyOf(remarks);
    }
}
