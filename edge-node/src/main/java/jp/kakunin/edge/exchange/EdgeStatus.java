package jp.kakunin.edge.exchange;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.edge.store.StoreCondition;
import jp.kakunin.outbox.TooLate;
import org.jspecify.annotations.Nullable;

/// What the desk shows about the edge itself.
///
/// @param heardAt the hub's time when it was last heard; null while connected, and before it was ever heard
/// @param unsent per clinic, the facts that the hub has not acknowledged, be they on their way or not
/// @param ended clinics this device may not record for any more, as the hub said
/// @param tooLate facts of the site that came too late for their month, until the staff have seen it
/// @param runsTwice another process with this device's identity asks the hub as well
/// @param outdated the hub asks for a newer program
public record EdgeStatus(
        ConnectionState connection,
        @Nullable Instant heardAt,
        Map<InstitutionCode, Integer> unsent,
        Set<InstitutionCode> ended,
        TooLate tooLate,
        StoreCondition store,
        boolean clockDoubtful,
        boolean runsTwice,
        boolean outdated) {
    public EdgeStatus {
        unsent = Map.copyOf(unsent);
        ended = Set.copyOf(ended);
    }
}
