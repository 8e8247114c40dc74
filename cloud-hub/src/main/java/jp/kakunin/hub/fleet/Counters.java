package jp.kakunin.hub.fleet;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
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
        /// One request brought facts of several streams: of the clinics of a site.
        SHARED_PUSH,
        WAIT,
        COMMIT,
        /// Somebody else moved the head of a clinic between decision and commit.
        CONFLICT,
        BUSY,
        RESUME,
        /// Same number, another hash: two lives of a store went on under one epoch, so one is a copy.
        FORK,
        NEW_EPOCH,
        INSTANCE_CLASH,
        RESET,
        ANSWER,
        /// A sealed export was carried here and taken.
        EXPORT_TAKEN,
        /// A question was given up because the evidence of its check is missing or cannot be used.
        UNUSABLE_EVIDENCE,
        /// Judged after an update of the hub, which could not read it when it came.
        RETAKEN
    }

    private final LongAdder received = new LongAdder();
    private final Map<Fate, LongAdder> fates = adders(Fate.class);
    private final Map<Event, LongAdder> events = adders(Event.class);
    private final Map<Refusal, LongAdder> refusals = adders(Refusal.class);
    private final Map<QuarantineReason, LongAdder> quarantined = adders(QuarantineReason.class);

    public void count(Event event) {
        of(events, event).increment();
    }

    public void count(Refusal refusal) {
        of(refusals, refusal).increment();
    }

    public void count(QuarantineReason reason) {
        of(quarantined, reason).increment();
    }

    /// The facts of one acknowledged batch.
    public void count(long facts, Tally tally) {
        received.add(facts);
        of(fates, Fate.STORED).add(tally.stored());
        of(fates, Fate.HELD).add(tally.held());
        of(fates, Fate.REFUSED).add(tally.refused());
        of(fates, Fate.QUARANTINED).add(tally.quarantined());
        of(fates, Fate.FORGOTTEN).add(tally.forgotten());
    }

    public long received() {
        return received.sum();
    }

    public long facts(Fate fate) {
        return of(fates, fate).sum();
    }

    public long events(Event event) {
        return of(events, event).sum();
    }

    public long refusals(Refusal refusal) {
        return of(refusals, refusal).sum();
    }

    public long quarantined(QuarantineReason reason) {
        return of(quarantined, reason).sum();
    }

    private static <E extends Enum<E>> LongAdder of(Map<E, LongAdder> adders, E kind) {
        return Objects.requireNonNull(adders.get(kind));
    }

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> kinds) {
        Map<E, LongAdder> adders = new EnumMap<>(kinds);
        for (E kind : kinds.getEnumConstants()) {
            adders.put(kind, new LongAdder());
        }
        return adders;
    }
}
