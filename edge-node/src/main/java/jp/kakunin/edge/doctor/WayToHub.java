package jp.kakunin.edge.doctor;

import io.vertx.core.json.JsonObject;
import jp.kakunin.edge.identity.EdgeIdentity;

/// The line and whoever answers at its end.
interface WayToHub {
    Reached go(EdgeIdentity identity);

    /// How far one came.
    sealed interface Reached {
        record Broken(Fault fault, String detail) implements Reached {}

        /// @param body of the hub's status, or the problem it answered with; empty when it is neither
        /// @param retryAfter when to come again, as it said; empty when it did not
        record Hub(int status, JsonObject body, String retryAfter) implements Reached {}
    }
}
