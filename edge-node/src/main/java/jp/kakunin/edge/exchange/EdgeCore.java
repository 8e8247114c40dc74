package jp.kakunin.edge.exchange;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.edge.store.OpenMonths;
import jp.kakunin.exchange.AppVersion;
import jp.kakunin.exchange.DeviceReport.ReaderCondition;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.outbox.Feed;
import jp.kakunin.outbox.LastHeard;
import jp.kakunin.outbox.Numbered;
import jp.kakunin.outbox.Outbox;
import jp.kakunin.outbox.Told;
import jp.kakunin.outbox.TooLate;

/// The edge without screens: records facts, shows months, and keeps the exchange with the hub going in the background.
/// Safe for use by several threads; all work is done on one thread of its own.
public final class EdgeCore implements AutoCloseable {
    private static final Duration GOODBYE_MAX = Duration.ofSeconds(2);
    private static final Duration STATUS_EVERY = Duration.ofSeconds(5);

    private final List<InstitutionCode> clinics;
    private final FactStore store;
    private final HubLink link;
    private final InstantSource wall;
    private final Supplier<Duration> uptime;
    private final EdgeClock clock;
    private final String appVersion;
    private final ExchangeMachine machine;
    private final EdgeLoop loop;
    private final HubLink.Listener answers;
    private final MonthViews views;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile EdgeStatus status;
    private Duration statusAt;
    private LocalDate today;

    /// Takes ownership of store and link. Nothing runs before [#start].
    ///
    /// @param uptime time since some fixed point that never jumps, e.g. of `System.nanoTime`
    public EdgeCore(
            List<InstitutionCode> clinics,
            FactStore store,
            HubLink link,
            InstantSource clock,
            Supplier<Duration> uptime,
            RandomGenerator random,
            String appVersion) {
        this.clinics = List.copyOf(clinics);
        this.store = store;
        this.views = new MonthViews(store);
        this.link = link;
        this.wall = clock;
        this.uptime = uptime;
        this.appVersion = appVersion;
        Moment start = new Moment(clock.instant(), uptime.get());
        LastHeard heard = store.lastHeard();
        this.clock = new EdgeClock(heard == null ? null : heard.hubTime(), start);
        IdSource ids = new IdSource(clock, random);
        machine = new ExchangeMachine(clinics, store, this.clock, ids, random, appVersion, start);
        loop = new EdgeLoop(this::step, this::release);
        answers = new Answers();
        status = look();
        statusAt = start.uptime();
        today = TreatmentMonth.dateAt(now());
    }

    public void start() {
        loop.start();
    }

    /// Completes when the facts are on disk; fails with `StoreFullException` when nothing was recorded.
    public CompletableFuture<Void> record(List<NewFact> facts) {
        return loop.call(() -> {
            for (NewFact fact : facts) {
                InstitutionCode clinic = fact.fact().envelope().clinic();
                if (!clinics.contains(clinic)) {
                    throw new IllegalArgumentException("clinic " + clinic + " is not of this site");
                }
            }
            store.record(facts);
            machine.recorded(facts, moment());
            return null;
        });
    }

    /// Own and pulled facts; none of a month that is closed, and none while the hub shuts this device out.
    public CompletableFuture<List<Fact>> facts(InstitutionCode clinic, TreatmentMonth month) {
        return loop.call(() -> isHidden(clinic, month) ? List.of() : store.facts(clinic, month));
    }

    /// Like [#facts] for the month, the one before and the one after, with what the hub has not acknowledged and
    /// what it remarked. The same object as long as nothing changed.
    public CompletableFuture<MonthView> around(InstitutionCode clinic, TreatmentMonth month) {
        return loop.call(() -> views.of(
                clinic,
                Stream.of(month.previous(), month, month.next())
                        .filter(each -> !isHidden(clinic, each))
                        .toList(),
                each -> isHidden(clinic, each)));
    }

    /// What a sealed export would carry.
    public CompletableFuture<ExportPlan> exportPlan() {
        return loop.call(() -> ExportPlan.of(clinics, store, now(), clock.isDoubtful()));
    }

    /// Facts as they are sent; fails when one is gone, because its month closed.
    public CompletableFuture<List<SentFact>> outgoing(InstitutionCode clinic, List<Numbered> facts) {
        return loop.call(() -> store.outgoing(clinic, facts));
    }

    /// The month that runs, the one before and the one after, as far as they may be seen.
    public CompletableFuture<OpenMonths> openMonths(InstitutionCode clinic) {
        return loop.call(() -> {
            boolean shutOut = machine.isShutOut(clinic);
            TreatmentMonth running = TreatmentMonth.at(now());
            SortedMap<TreatmentMonth, List<Fact>> facts = new TreeMap<>();
            Stream.of(running.previous(), running, running.next())
                    .filter(month -> !isHidden(clinic, month))
                    .forEach(month -> facts.put(month, store.facts(clinic, month)));
            Outbox outbox = store.outbox(clinic);
            return new OpenMonths(shutOut, facts, store.feed(clinic), outbox == null ? null : outbox.epoch());
        });
    }

    /// What receipt computers were told last of the visits of a month.
    public CompletableFuture<Map<VisitId, Told>> told(InstitutionCode clinic, TreatmentMonth month) {
        return loop.call(() -> store.told(clinic, month));
    }

    /// Completes when it is on disk; fails with `StoreFullException` when nothing was kept.
    public CompletableFuture<Void> tell(
            InstitutionCode clinic, Feed feed, Map<TreatmentMonth, Map<VisitId, Told>> told) {
        return loop.call(() -> {
            store.tell(clinic, feed, told);
            return null;
        });
    }

    private boolean isHidden(InstitutionCode clinic, TreatmentMonth month) {
        return month.isClosedAt(now()) || machine.isShutOut(clinic);
    }

    /// The latest snapshot; never waits.
    public EdgeStatus status() {
        return status;
    }

    public ConnectionState connection() {
        return status.connection();
    }

    /// Called on the edge's own thread after own or pulled facts, acknowledgements, or the status changed: be
    /// short.
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /// Called once when the store broke or an invariant failed; the process should end and be started again.
    public void onBroken(Consumer<Throwable> listener) {
        loop.onBroken(listener);
    }

    /// The business time: the hub's when connected, and never behind what the hub last said.
    public Instant now() {
        return clock.at(wall.instant());
    }

    /// Facts recorded now must carry `clockDoubtful`, and the desk asks for today's date.
    public boolean clockDoubtful() {
        clock.observe(moment());
        return clock.isDoubtful();
    }

    /// The staff's answer to "what is today's date?".
    ///
    /// @return false when the hub has already been later than that date, so it cannot be right
    public boolean confirmDate(LocalDate today) {
        return clock.confirm(today, moment());
    }

    /// The staff have seen that so many came too late at this site; what came since is still to be told.
    public void tooLateSeen(TooLate seen) {
        var _ = loop.call(() -> {
            TooLate rest = seen;
            for (InstitutionCode clinic : clinics) {
                TooLate here = store.tooLate(clinic);
                store.tooLateSeen(clinic, rest);
                rest = rest.minus(here);
            }
            statusAt = statusAt.minus(STATUS_EVERY);
            return null;
        });
    }

    /// Tells the operators how the card reader is.
    public void reader(ReaderCondition condition) {
        var _ = loop.call(() -> {
            machine.reader(condition);
            return null;
        });
    }

    /// Says goodbye to the hub if it can be reached soon, then stops; whatever is unsent is sent after the next
    /// start.
    public void stop(String reason) {
        var _ = loop.call(() -> {
            machine.leave(reason);
            return null;
        });
        loop.stop(machine::hasLeft, GOODBYE_MAX);
    }

    @Override
    public void close() {
        stop("closed");
    }

    /// One turn of the loop, after each command and at least every tick.
    private void step() {
        Moment now = moment();
        Work work = machine.poll(now);
        if (work.hangUp()) {
            link.hangUp();
        }
        work.sendings().forEach(sending -> link.send(sending, answers));
        // At midnight a month may close: what is open must be drawn again without it.
        LocalDate before = today;
        today = TreatmentMonth.dateAt(now());
        boolean changed = machine.takeChanged() || !today.equals(before);
        if (changed) {
            views.forget();
        }
        if (changed
                || now.uptime().minus(statusAt).compareTo(STATUS_EVERY) >= 0
                || clock.isDoubtful() != status.clockDoubtful()) {
            EdgeStatus told = status;
            status = look();
            statusAt = now.uptime();
            if (changed || !status.equals(told)) {
                listeners.forEach(Runnable::run);
            }
        }
    }

    private EdgeStatus look() {
        Map<InstitutionCode, Integer> unsent = new HashMap<>();
        TooLate tooLate = TooLate.NONE;
        for (InstitutionCode clinic : clinics) {
            unsent.put(clinic, machine.unsent(clinic));
            tooLate = tooLate.plus(store.tooLate(clinic));
        }
        ConnectionState connection = machine.connection();
        LastHeard heard = store.lastHeard();
        return new EdgeStatus(
                connection,
                connection instanceof ConnectionState.Connected ? null : clock.lastHubTime(),
                unsent,
                clinics.stream().filter(this::isEnded).collect(Collectors.toSet()),
                tooLate,
                store.condition(),
                clock.isDoubtful(),
                machine.runsTwice(moment()),
                heard != null
                        && AppVersion.isOutdated(appVersion, heard.policy().versionMin()));
    }

    private boolean isEnded(InstitutionCode clinic) {
        Refusal refusal = store.admission(clinic).refusal();
        return refusal != null && refusal.isOfOneClinic();
    }

    private void release() {
        link.close();
        store.close();
    }

    private Moment moment() {
        return new Moment(wall.instant(), uptime.get());
    }

    /// Brings the outcomes of requests home to the loop's thread.
    private final class Answers implements HubLink.Listener {
        @Override
        public void replied(Sending sending, Reply reply) {
            loop.tell(() -> machine.replied(sending, reply, moment()));
        }

        @Override
        public void refused(Sending sending, Refusal refusal) {
            loop.tell(() -> machine.refused(sending, refusal, moment()));
        }

        @Override
        public void failed(Sending sending, ConnectionState.Cause cause) {
            loop.tell(() -> machine.failed(sending, cause, moment()));
        }

        @Override
        public void sentAway(Sending sending, Duration retryAfter) {
            loop.tell(() -> machine.sentAway(sending, retryAfter, moment()));
        }
    }
}
