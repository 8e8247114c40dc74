package jp.kakunin.edge.exchange;

import java.util.Map;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.edge.store.StoreCondition;

/// What the desk shows about the edge itself.
///
/// @param unsent per clinic, the facts that the hub has not acknowledged, be they on their way or not
public record EdgeStatus(
        ConnectionState connection, Map<InstitutionCode, Integer> unsent, StoreCondition store, boolean clockDoubtful) {
    public EdgeStatus {
        unsent = Map.copyOf(unsent);
    }
}
