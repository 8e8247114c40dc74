package jp.kakunin.edge.exchange;

import java.time.Duration;
import java.time.Instant;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.edge.store.StoreFullException;
import jp.kakunin.keys.VaultException;
import jp.kakunin.outbox.LastHeard;
import org.jspecify.annotations.Nullable;

/// Forgets months whose close has surely passed, with or without a hub. A clock alone only hides them: a wrong one must
/// not destroy what the clinic still needs.
final class Forgetting {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    /// The time an edge ran through without a hub is kept so often.
    private static final Duration KEEP_EVERY = Duration.ofHours(1);

    private final FactStore store;
    private final EdgeClock clock;
    private final IdSource ids;
    private @Nullable Duration lookedAt;

    Forgetting(FactStore store, EdgeClock clock, IdSource ids) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
    }

    /// @return whether anything went
    boolean run(Moment now) {
        Instant trusted = clock.trusted(now);
        if (trusted == null || lookedAt != null && now.uptime().minus(lookedAt).compareTo(LOOK_EVERY) < 0) {
            return false;
        }
        lookedAt = now.uptime();
        try {
            keep(trusted);
            return store.forget(TreatmentMonth.at(trusted).previous().previous(), ids::epoch);
        } catch (StoreFullException | VaultException _) {
            // Hidden all the same; tried again soon.
            return false;
        }
    }

    private void keep(Instant trusted) {
        LastHeard heard = store.lastHeard();
        if (heard != null && trusted.isAfter(heard.hubTime().plus(KEEP_EVERY))) {
            store.heard(new LastHeard(heard.incarnation(), trusted, heard.policy()));
        }
    }
}
