package jp.kakunin.load.replay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
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

/// The store of one virtual edge node of one clinic: in memory, and as small as can be, because there are tens of
/// thousands of them.
///
/// Two things differ from a real one. It keeps nothing that was acknowledged, and so never offers it again: what the
/// hub
/// loses must be missed by the verification and not be healed by the fleet. And it looks at what the hub tells only to
/// find answers.
final class LeanStore implements FactStore {
    /// What the tester wants to know.
    interface Listener {
        void sent(int visit);

        /// @param remarked null when the fact took effect
        void acknowledged(int visit, @Nullable Remarked remarked);

        void answered(Fact.AnswerReceived answer);
    }

    private record Held(int visit, MadeVisit made, Unsent unsent) {}

    private final Listener listener;
    private final Map<FactId, Held> held = new HashMap<>(2);
    private final TreeSet<Unsent> unsent = new TreeSet<>();
    private @Nullable Outbox outbox;
    private @Nullable Cursor cursor;
    private @Nullable LastHeard heard;
    private Admission admission = Admission.GRANTED;

    LeanStore(Listener listener) {
        this.listener = listener;
    }

    void record(int visit, MadeVisit made) {
        NewFact added = made.fact();
        byte[] attachment = added.attachment();
        int bytes = made.encoded().length + (attachment == null ? 0 : attachment.length);
        Unsent row = Unsent.of(added.fact(), false, bytes);
        held.put(row.id(), new Held(visit, made, row));
        unsent.add(row);
    }

    int unacknowledged() {
        return held.size();
    }

    @Override
    public SequencedCollection<Unsent> unsent(InstitutionCode clinic) {
        return unsent;
    }

    @Override
    public @Nullable Outbox outbox(InstitutionCode clinic) {
        return outbox;
    }

    @Override
    public byte[] encoded(InstitutionCode clinic, TreatmentMonth month, FactId fact) {
        return of(fact).made().encoded();
    }

    @Override
    public List<SentFact> outgoing(InstitutionCode clinic, List<Numbered> numbered) {
        List<SentFact> outgoing = new ArrayList<>(numbered.size());
        for (Numbered each : numbered) {
            Held fact = of(each.fact());
            listener.sent(fact.visit());
            outgoing.add(new SentFact(
                    each.position().seq(),
                    fact.made().encoded(),
                    fact.made().fact().attachment()));
        }
        return outgoing;
    }

    private Held of(FactId fact) {
        Held found = held.get(fact);
        if (found == null) {
            throw new IllegalStateException("fact " + fact + " is not held");
        }
        return found;
    }

    @Override
    public void number(InstitutionCode clinic, Outbox numbered) {
        outbox = numbered;
        numbered.numbered().forEach(each -> unsent.remove(of(each.fact()).unsent()));
    }

    @Override
    public void acknowledge(InstitutionCode clinic, Outbox moved, Map<Numbered, Remarked> remarks) {
        Outbox before = outbox;
        outbox = moved;
        if (before != null) {
            for (Numbered each : before.numbered()) {
                if (each.position().seq() <= moved.acknowledged().seq()) {
                    Held settled = held.remove(each.fact());
                    if (settled != null) {
                        listener.acknowledged(settled.visit(), remarks.get(each));
                    }
                }
            }
        }
    }

    @Override
    public void reopen(InstitutionCode clinic, Epoch epoch) {
        outbox = Outbox.begin(epoch);
        held.values().forEach(each -> unsent.add(each.unsent()));
    }

    @Override
    public void restart(LastHeard said, Map<InstitutionCode, Epoch> epochs) {
        heard = said;
        cursor = null;
        epochs.forEach(this::reopen);
    }

    @Override
    public void setAside(InstitutionCode clinic, TreatmentMonth month, FactId fact, Remarked remarked) {
        Held refused = held.remove(fact);
        if (refused != null) {
            unsent.remove(refused.unsent());
            listener.acknowledged(refused.visit(), remarked);
        }
    }

    @Override
    public @Nullable Cursor cursor(InstitutionCode clinic) {
        return cursor;
    }

    @Override
    public void pull(InstitutionCode clinic, Collection<Delivered> facts, Cursor moved) {
        cursor = moved;
        for (Delivered delivered : facts) {
            if (FactCodec.decode(delivered.fact()) instanceof Decoded.Known(Fact.AnswerReceived answer)) {
                listener.answered(answer);
            }
        }
    }

    @Override
    public void rewind(InstitutionCode clinic) {
        cursor = null;
    }

    @Override
    public @Nullable LastHeard lastHeard() {
        return heard;
    }

    @Override
    public void heard(LastHeard said) {
        heard = said;
    }

    @Override
    public Admission admission(InstitutionCode clinic) {
        return admission;
    }

    @Override
    public void admission(InstitutionCode clinic, Admission said) {
        admission = said;
    }

    /// A run is shorter than a month.
    @Override
    public boolean forget(TreatmentMonth through, Collection<InstitutionCode> clinics, Supplier<Epoch> epochs) {
        return false;
    }

    @Override
    public boolean remove(InstitutionCode clinic) {
        return false;
    }

    @Override
    public Set<FactId> unacknowledged(InstitutionCode clinic) {
        return Set.copyOf(held.keySet());
    }

    @Override
    public StoreCondition condition() {
        return StoreCondition.HEALTHY;
    }

    @Override
    public void record(List<NewFact> facts) {
        throw noDesk();
    }

    @Override
    public List<Fact> facts(InstitutionCode clinic, TreatmentMonth month) {
        throw noDesk();
    }

    @Override
    public Set<TreatmentMonth> months() {
        throw noDesk();
    }

    @Override
    public Map<FactId, Remarked> remarks(InstitutionCode clinic, TreatmentMonth month) {
        throw noDesk();
    }

    @Override
    public TooLate tooLate(InstitutionCode clinic) {
        throw noDesk();
    }

    @Override
    public void tooLateSeen(InstitutionCode clinic, TooLate seen) {
        throw noDesk();
    }

    @Override
    public Map<VisitId, Told> told(InstitutionCode clinic, TreatmentMonth month) {
        throw noDesk();
    }

    @Override
    public @Nullable Feed feed(InstitutionCode clinic) {
        throw noDesk();
    }

    @Override
    public void tell(InstitutionCode clinic, Feed feed, Map<TreatmentMonth, Map<VisitId, Told>> told) {
        throw noDesk();
    }

    @Override
    public void close() {}

    private static UnsupportedOperationException noDesk() {
        return new UnsupportedOperationException("the exchange does not ask this, and there is no desk");
    }
}
