package jp.kakunin.hub.erasure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.exchange.Timers;
import jp.kakunin.hub.journal.Journal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets each month when the law says so, and what an earlier run left.
public final class MonthEnd implements AutoCloseable {
    static final Duration RETRY = Duration.ofMinutes(1);

    /// Timers count time, not the calendar: it is looked again at least so often.
    static final Duration LOOK_EVERY = Duration.ofHours(1);

    private static final Duration LOOK_MIN = Duration.ofMillis(1);
    private static final Logger LOG = LoggerFactory.getLogger(MonthEnd.class);

    private final Journal journal;
    private final ReceiptBook receipts;
    private final InstantSource clock;
    private final Timers timers;
    private final Executor executor;
    private volatile @Nullable TreatmentMonth finished;
    private volatile boolean failing;
    private volatile boolean closed;

    /// @param executor writes the receipts
    public MonthEnd(Journal journal, ReceiptBook receipts, InstantSource clock, Timers timers, Executor executor) {
        this.journal = journal;
        this.receipts = receipts;
        this.clock = clock;
        this.timers = timers;
        this.executor = executor;
    }

    public void start() {
        look();
    }

    /// Months that should be forgotten and are not yet, or have no receipt yet; more than none for more than
    /// a minute is an alarm. Hidden is not forgotten.
    public int overdue() {
        TreatmentMonth through = finished;
        int behind = through == null ? 0 : Math.max(0, due().index() - through.index());
        return failing ? Math.max(1, behind) : behind;
    }

    /// The newest month that is closed now.
    private TreatmentMonth due() {
        return TreatmentMonth.at(clock.instant()).previous().previous();
    }

    private void look() {
        if (closed) {
            return;
        }
        TreatmentMonth due = due();
        var _ = journal.closeMonth(due)
                .thenRunAsync(this::writeReceipts, executor)
                .whenComplete((_, failure) -> {
                    if (failure != null && !closed) {
                        LOG.error("month {} is hidden, but not forgotten yet; trying again", due, failure);
                    }
                    failing = failure != null;
                    if (failure == null) {
                        finished = due;
                    }
                    lookAgain(failure == null ? untilNextClose(due) : RETRY);
                });
    }

    private Duration untilNextClose(TreatmentMonth due) {
        return Duration.between(clock.instant(), due.next().closedFrom());
    }

    private void lookAgain(Duration wait) {
        if (!closed) {
            Duration atMost = wait.compareTo(LOOK_EVERY) > 0 ? LOOK_EVERY : wait;
            timers.after(atMost.compareTo(LOOK_MIN) > 0 ? atMost : LOOK_MIN, this::look);
        }
    }

    private void writeReceipts() {
        Instant now = clock.instant();
        try {
            receipts.write(journal.closedMonths(), now);
        } catch (IOException e) {
            throw new UncheckedIOException("the receipt cannot be written", e);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
