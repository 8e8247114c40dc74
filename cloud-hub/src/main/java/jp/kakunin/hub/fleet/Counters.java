package jp.kakunin.hub.fleet;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Tally;

/// What has happened since this process started. For facts, `received = stored + held + refused + quarantined +
/// forgotten` (P10), and no event of the second half makes a fact disappear.
public final class Counters {
    public enum Fate {
        STORED,
        HELD,
        REFUSED,
        QUARANTINED,
        FORGOTTEN
    }

    public enum Event {
        PUSH,
        WAIT,
        COMMIT,
        /// Somebody else moved the head of a clinic between decision and commit.
        CONFLICT,
        BUSY,
        RESUME,
        /// The hub knows this stream further than the edge claims, under another hash: a restored or cloned store.
        FORK,
        NEW_EPOCH,
        INSTANCE_CLASH,
        RESET,
        ANSWER
    }

    private final LongAdder received = new LongAdder();
    private final Map<Fate, LongAdder> fates = adders(Fate.class);
    private final Map<Event, LongAdder> events = adders(Event.class);
    private final Map<Refusal, LongAdder> refusals = adders(Refusal.class);
    private final Map<QuarantineReason, LongAdder> quarantined = adders(QuarantineReason.class);

    public void count(Event event) {
        events.get(event).increment();
    }

    public void count(Refusal refusal) {
        refusals.get(refusal).increment();
    }

    public void count(QuarantineReason reason) {
        quarantined.get(reason).increment();
    }

    /// The facts of one acknowledged batch.
    public void count(long facts, Tally tally) {
        received.add(facts);
        fates.get(Fate.STORED).add(tally.stored());
        fates.get(Fate.HELD).add(tally.held());
        fates.get(Fate.REFUSED).add(tally.refused());
        fates.get(Fate.QUARANTINED).add(tally.quarantined());
        fates.get(Fate.FORGOTTEN).add(tally.forgotten());
    }

    public long received() {
        return received.sum();
    }

    public long facts(Fate fate) {
        return fates.get(fate).sum();
    }

    public long events(Event event) {
        return events.get(event).sum();
    }

    public long refusals(Refusal refusal) {
        return refusals.get(refusal).sum();
    }

    public long quarantined(QuarantineReason reason) {
        return quarantined.get(reason).sum();
    }

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> kinds) {
        Map<E, LongAdder> adders = new EnumMap<>(kinds);
        for (E kind : kinds.getEnumConstants()) {
            adders.put(kind, new LongAdder());
        }
        return adders;
    }
}
