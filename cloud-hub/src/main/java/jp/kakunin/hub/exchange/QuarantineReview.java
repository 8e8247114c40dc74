package jp.kakunin.hub.exchange;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.JournalBrokenException;
import jp.kakunin.hub.journal.Positioned;
import jp.kakunin.hub.journal.SetAside;
import jp.kakunin.journal.JournalEntry.Origin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes once through the quarantine when the hub starts, and offers what an older version of it could not read and
/// this one can. One fact at a time, behind all that devices send.
public final class QuarantineReview implements AutoCloseable {
    /// Held in memory at a time; then the quarantine is gone through for the next.
    static final int FACTS_MAX = 10_000;

    static final Duration RETRY = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(QuarantineReview.class);

    /// The journal's.
    private static final Comparator<SetAside> ORDER = Comparator.comparing(SetAside::month)
            .thenComparing(SetAside::clinic)
            .thenComparing(each -> each.content().bytes(), Arrays::compareUnsigned);

    private final Journal journal;
    private final ExchangeService exchange;
    private final Timers timers;
    private final Executor reader;
    private final Queue<SetAside> waiting = new ArrayDeque<>();
    private final CompletableFuture<Long> judged = new CompletableFuture<>();
    private @Nullable SetAside looked;
    private boolean more = true;
    private long taken;
    private long passedOver;
    private volatile boolean closed;

    /// @param reader reads the journal; one task at a time is enough
    public QuarantineReview(Journal journal, ExchangeService exchange, Timers timers, Executor reader) {
        this.journal = journal;
        this.exchange = exchange;
        this.timers = timers;
        this.reader = reader;
    }

    /// @return how many facts were judged, once all were looked at
    public CompletableFuture<Long> start() {
        reader.execute(this::next);
        return judged;
    }

    /// The next ones in the journal's order.
    private void look() {
        SetAside from = looked;
        more = false;
        journal.forEachQuarantined(null, each -> {
            if (from != null && ORDER.compare(each, from) <= 0) {
                return !closed;
            }
            if (waiting.size() == FACTS_MAX || closed) {
                more = !closed;
                return false;
            }
            looked = each.named();
            if (!each.isTaken() && isReadable(each.fact())) {
                waiting.add(looked);
            }
            return true;
        });
    }

    private static boolean isReadable(byte[] fact) {
        return !(FactCodec.decode(fact) instanceof Decoded.Unreadable(QuarantineReason reason)
                && reason == QuarantineReason.UNKNOWN_SCHEMA);
    }

    private void next() {
        for (SetAside each = peek(); each != null && !closed; each = peek()) {
            @Nullable Origin origin = originIfNotUnderstood(each);
            if (origin != null) {
                offer(each, origin);
                return;
            }
            waiting.remove();
        }
        judged.complete(taken);
        if (passedOver > 0) {
            LOG.atError().addKeyValue("facts", passedOver).log("facts in quarantine cannot be read from the store");
        }
        if (taken > 0 && !closed) {
            LOG.atInfo().addKeyValue("facts", taken).log("facts that an older hub could not read were judged");
        }
    }

    private @Nullable SetAside peek() {
        while (waiting.isEmpty() && more && !closed) {
            look();
        }
        return waiting.peek();
    }

    private void offer(SetAside setAside, Origin origin) {
        var _ = exchange.retake(setAside, origin).whenComplete((settled, failure) -> {
            if (failure instanceof JournalBrokenException || closed) {
                return;
            }
            if (settled == Settled.BUSY) {
                timers.after(RETRY, () -> reader.execute(this::next));
                return;
            }
            reader.execute(() -> {
                waiting.remove();
                taken += settled == Settled.RECORDED ? 1 : 0;
                next();
            });
        });
    }

    /// Who sent it, if the hub set it aside because it could not read it; `null` if for another reason, or if its
    /// month was closed meanwhile or the row is damaged.
    private @Nullable Origin originIfNotUnderstood(SetAside setAside) {
        for (Positioned why : why(setAside)) {
            if (FactCodec.decode(why.entry().fact()) instanceof Decoded.Known(Fact.Quarantined set)
                    && set.content().equals(setAside.content())
                    && set.reason() == QuarantineReason.UNKNOWN_SCHEMA) {
                return why.entry().origin();
            }
        }
        return null;
    }

    private List<Positioned> why(SetAside setAside) {
        try {
            return journal.read(setAside.clinic(), setAside.month(), setAside.position() - 1, 1);
        } catch (JournalBrokenException _) {
            passedOver++;
            return List.of();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
