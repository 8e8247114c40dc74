package jp.kakunin.edge.store;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.Set;
import java.util.TreeSet;
import jp.kakunin.domain.FactId;
import jp.kakunin.outbox.Unsent;

/// The facts of one clinic without a number, in sending order. Kept in memory and worked out again at every start.
final class UnsentFacts {
    private final TreeSet<Unsent> ordered = new TreeSet<>();
    private final Map<FactId, Unsent> byId = new HashMap<>();

    void add(Unsent unsent) {
        if (byId.putIfAbsent(unsent.id(), unsent) == null) {
            ordered.add(unsent);
        }
    }

    void remove(FactId id) {
        Unsent removed = byId.remove(id);
        if (removed != null) {
            ordered.remove(removed);
        }
    }

    int size() {
        return byId.size();
    }

    Set<FactId> ids() {
        return Collections.unmodifiableSet(byId.keySet());
    }

    SequencedCollection<Unsent> inOrder() {
        return Collections.unmodifiableSequencedCollection(ordered);
    }
}
