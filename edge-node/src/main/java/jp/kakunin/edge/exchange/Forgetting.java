package jp.kakunin.edge.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.edge.store.StoreFullException;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.keys.VaultException;
import jp.kakunin.outbox.LastHeard;
import org.jspecify.annotations.Nullable;

/// Forgets months whose close has surely passed, with or without a hub. A clock alone only hides them: a wrong one must
/// not destroy what the clinic still needs. And removes what is kept of clinics whose declaration has ended.
final class Forgetting {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    /// The time an edge ran through without a hub is kept so often.
    private static final Duration KEEP_EVERY = Duration.ofHours(1);

    private final List<InstitutionCode> clinics;
    private final FactStore store;
    private final EdgeClock clock;
    private final IdSource ids;
    private @Nullable Duration lookedAt;
    private final Map<InstitutionCode, Duration> removedAt = new HashMap<>();

    Forgetting(List<InstitutionCode> clinics, FactStore store, EdgeClock clock, IdSource ids) {
        this.clinics = List.copyOf(clinics);
        this.store = store;
        this.clock = clock;
        this.ids = ids;
    }

    /// @param changed whether the hub has acknowledged or refused anything since the last call, or may have
    /// @return whether anything went
    boolean run(Moment now, boolean changed) {
        boolean removed = false;
        for (InstitutionCode clinic : clinics) {
            removed |= hasEnded(clinic) && remove(clinic, now.uptime(), changed);
        }
        return forgetMonths(now) || removed;
    }

    private boolean hasEnded(InstitutionCode clinic) {
        return store.admission(clinic).refusal() == Refusal.DECLARATION_ENDED;
    }

    /// At once when nothing is left to be sent; with a long backlog not after each batch of it.
    private boolean remove(InstitutionCode clinic, Duration uptime, boolean changed) {
        Duration before = removedAt.get(clinic);
        boolean isLast = changed && store.unacknowledged(clinic).isEmpty();
        if (before != null && !isLast && uptime.minus(before).compareTo(LOOK_EVERY) < 0) {
            return false;
        }
        removedAt.put(clinic, uptime);
        try {
            return store.remove(clinic);
        } catch (StoreFullException | VaultException _) {
            // Hidden all the same; tried again soon.
            return false;
        }
    }

    private boolean forgetMonths(Moment now) {
        Instant trusted = clock.trusted(now);
        if (trusted == null || lookedAt != null && now.uptime().minus(lookedAt).compareTo(LOOK_EVERY) < 0) {
            return false;
        }
        lookedAt = now.uptime();
        try {
            keep(trusted);
            return store.forget(TreatmentMonth.at(trusted).previous().previous(), clinics, ids::epoch);
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
