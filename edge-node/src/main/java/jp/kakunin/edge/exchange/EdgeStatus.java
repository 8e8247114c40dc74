package jp.kakunin.edge.exchange;

import java.util.Map;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.edge.store.StoreCondition;
import jp.kakunin.exchange.Backlog;

/// What the desk shows about the edge itself.
///
/// @param unsent per clinic, what the hub does not have yet
public record EdgeStatus(
        ConnectionState connection, Map<InstitutionCode, Backlog> unsent, StoreCondition store, boolean clockDoubtful) {
    public EdgeStatus {
        unsent = Map.copyOf(unsent);
    }
}
