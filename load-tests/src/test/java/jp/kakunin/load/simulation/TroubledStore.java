package jp.kakunin.load.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.edge.store.StoreCondition;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.Delivered;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.outbox.Admission;
import jp.kakunin.outbox.Feed;
import jp.kakunin.outbox.LastHeard;
import jp.kakunin.outbox.Numbered;
import jp.kakunin.outbox.Outbox;
import jp.kakunin.outbox.Remarked;
import jp.kakunin.outbox.Told;
import jp.kakunin.outbox.TooLate;
import jp.kakunin.outbox.Unsent;
import org.jspecify.annotations.Nullable;

/// A store that puts poison on the wire in place of some of its facts, and whose power may fail around any write.
///
/// @param removed hears what was kept of a clinic before the edge removed it, as far as it did
record TroubledStore(
        FactStore store,
        Poison poison,
        PowerCut power,
        Line line,
        Mutation mutation,
        Happenings happenings,
        Consumer<Set<FactId>> removed)
        implements FactStore {
    @Override
    public byte[] encoded(InstitutionCode clinic, TreatmentMonth month, FactId fact) {
        byte[] instead = poison.insteadOf(fact);
        return instead == null ? store.encoded(clinic, month, fact) : instead;
    }

    @Override
    public List<SentFact> outgoing(InstitutionCode clinic, List<Numbered> numbered) {
        List<SentFact> outgoing = new ArrayList<>(store.outgoing(clinic, numbered));
        for (int i = 0; i < outgoing.size(); i++) {
            byte[] instead = poison.insteadOf(numbered.get(i).fact());
            if (instead != null) {
                outgoing.set(i, new SentFact(outgoing.get(i).seq(), instead, null));
            }
        }
        return outgoing;
    }

    @Override
    public void record(List<NewFact> facts) {
        power.around(() -> store.record(facts));
    }

    @Override
    public List<Fact> facts(InstitutionCode clinic, TreatmentMonth month) {
        return store.facts(clinic, month);
    }

    @Override
    public Set<TreatmentMonth> months() {
        return store.months();
    }

    @Override
    public Map<FactId, Remarked> remarks(InstitutionCode clinic, TreatmentMonth month) {
        return store.remarks(clinic, month);
    }

    @Override
    public StoreCondition condition() {
        return store.condition();
    }

    @Override
    public SequencedCollection<Unsent> unsent(InstitutionCode clinic) {
        return store.unsent(clinic);
    }

    @Override
    public @Nullable Outbox outbox(InstitutionCode clinic) {
        return store.outbox(clinic);
    }

    @Override
    public void number(InstitutionCode clinic, Outbox outbox) {
        power.around(() -> store.number(clinic, outbox));
    }

    @Override
    public void acknowledge(InstitutionCode clinic, Outbox outbox, Map<Numbered, Remarked> remarks) {
        power.around(() -> store.acknowledge(clinic, outbox, remarks));
    }

    @Override
    public void reopen(InstitutionCode clinic, Epoch epoch) {
        power.around(() -> store.reopen(clinic, epoch));
    }

    @Override
    public void restart(LastHeard heard, Map<InstitutionCode, Epoch> epochs) {
        power.around(() -> store.restart(heard, epochs));
    }

    @Override
    public void setAside(InstitutionCode clinic, TreatmentMonth month, FactId fact, Remarked remarked) {
        power.around(() -> store.setAside(clinic, month, fact, remarked));
    }

    @Override
    public boolean forget(TreatmentMonth through, Collection<InstitutionCode> clinics, Supplier<Epoch> epochs) {
        if (!mutation.edgesForget()) {
            return false;
        }
        boolean[] gone = new boolean[1];
        power.around(() -> gone[0] = store.forget(through, clinics, epochs));
        if (gone[0]) {
            happenings.count(Happening.MONTH_FORGOTTEN_BY_EDGE);
            if (line.isCut()) {
                happenings.count(Happening.MONTH_FORGOTTEN_WITHOUT_HUB);
            }
        }
        return gone[0];
    }

    @Override
    public boolean remove(InstitutionCode clinic) {
        if (!mutation.edgesRemove()) {
            return false;
        }
        Set<FactId> before = new HashSet<>();
        store.months().forEach(month -> store.facts(clinic, month).forEach(fact -> before.add(fact.id())));
        boolean[] gone = new boolean[1];
        try {
            power.around(() -> gone[0] = store.remove(clinic));
        } finally {
            removed.accept(before);
        }
        if (gone[0]) {
            boolean isPart = !store.unacknowledged(clinic).isEmpty();
            happenings.count(isPart ? Happening.CLINIC_REMOVED_BUT_FOR_UNSENT : Happening.CLINIC_REMOVED);
        }
        return gone[0];
    }

    @Override
    public TooLate tooLate(InstitutionCode clinic) {
        return store.tooLate(clinic);
    }

    @Override
    public void tooLateSeen(InstitutionCode clinic, TooLate seen) {
        power.around(() -> store.tooLateSeen(clinic, seen));
    }

    @Override
    public @Nullable Cursor cursor(InstitutionCode clinic) {
        return store.cursor(clinic);
    }

    @Override
    public void pull(InstitutionCode clinic, Collection<Delivered> facts, Cursor cursor) {
        power.around(() -> store.pull(clinic, facts, cursor));
    }

    @Override
    public void rewind(InstitutionCode clinic) {
        power.around(() -> store.rewind(clinic));
    }

    @Override
    public @Nullable LastHeard lastHeard() {
        return store.lastHeard();
    }

    @Override
    public void heard(LastHeard heard) {
        power.around(() -> store.heard(heard));
    }

    @Override
    public Admission admission(InstitutionCode clinic) {
        return store.admission(clinic);
    }

    @Override
    public void admission(InstitutionCode clinic, Admission admission) {
        power.around(() -> store.admission(clinic, admission));
    }

    @Override
    public Set<FactId> unacknowledged(InstitutionCode clinic) {
        return store.unacknowledged(clinic);
    }

    @Override
    public Map<VisitId, Told> told(InstitutionCode clinic, TreatmentMonth month) {
        return store.told(clinic, month);
    }

    @Override
    public @Nullable Feed feed(InstitutionCode clinic) {
        return store.feed(clinic);
    }

    @Override
    public void tell(InstitutionCode clinic, Feed feed, Map<TreatmentMonth, Map<VisitId, Told>> told) {
        power.around(() -> store.tell(clinic, feed, told));
    }

    @Override
    public void close() {
        store.close();
    }
}
