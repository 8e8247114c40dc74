package jp.kakunin.load.simulation;

import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.exchange.ConnectionState.Cause;
import jp.kakunin.edge.exchange.EdgeClock;
import jp.kakunin.edge.exchange.ExchangeMachine;
import jp.kakunin.edge.exchange.ExportFilling;
import jp.kakunin.edge.exchange.ExportPlan;
import jp.kakunin.edge.exchange.HubLink;
import jp.kakunin.edge.exchange.Moment;
import jp.kakunin.edge.exchange.Sending;
import jp.kakunin.edge.exchange.Work;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.edge.store.MemoryDisk;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.edge.store.StoreFullException;
import jp.kakunin.exchange.Export;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;
import jp.kakunin.outbox.LastHeard;
import jp.kakunin.outbox.Outbox;
import org.jspecify.annotations.Nullable;

/// One reception PC: a disk, a clock that may be wrong, a line, and while it runs the real store and the real machine.
final class SimulatedEdge {
    private static final int TICK_MILLIS = 1_000;

    private final SimulatedTime time;
    private final Dice dice;
    private final Diary diary;
    private final Poison poison;
    private final DeviceId device;
    private final List<InstitutionCode> clinics;
    private final Line line;
    private final Mutation mutation;
    private MemoryDisk disk;
    private Duration clockOff = Duration.ZERO;
    private Instant offUntil = Instant.MIN;
    private int restores;
    private @Nullable Run run;

    /// One run of its process.
    private final class Run implements HubLink.Listener {
        final Life life = new Life(time);
        final MemoryDisk before = mutation.edgesSync() ? disk : disk.copy();
        final PowerCut power = new PowerCut();
        final FactStore store =
                new TroubledStore(disk.open(), poison, power, line, mutation, diary.happenings(), diary::clinicRemoved);
        final Instant startedAt = time.instant();
        final IdSource ids = new IdSource(SimulatedEdge.this::pcTime, dice.generator());
        final EdgeClock clock;
        final ExchangeMachine machine;
        final Queueing queueing = new Queueing();

        Run() {
            LastHeard heard = store.lastHeard();
            clock = new EdgeClock(heard == null ? null : heard.hubTime(), moment());
            machine = new ExchangeMachine(clinics, store, clock, ids, dice.generator(), "0.1.0", moment());
        }

        Moment moment() {
            return new Moment(pcTime(), Duration.between(startedAt, time.instant()));
        }

        void tick() {
            poll();
            life.after(TICK_MILLIS, this::tick);
        }

        void poll() {
            guarded(() -> {
                Work work = machine.poll(moment());
                if (work.hangUp()) {
                    line.hangUp();
                }
                for (Sending sending : work.sendings()) {
                    queueing.sent(sending.request(), store, oldestOpen(), moment().uptime());
                    line.send(sending, this, life);
                }
            });
        }

        @Override
        public void replied(Sending sending, Reply reply) {
            guarded(() -> machine.replied(sending, reply, moment()));
            if (reply.body() instanceof Reply.WaitRefused(InstitutionCode clinic, Refusal refusal)
                    && refusal == Refusal.DECLARATION_ENDED
                    && !life.isOver()
                    && machine.isShutOut(clinic)) {
                diary.happenings().count(Happening.CLINIC_HIDDEN);
            }
            poll();
        }

        @Override
        public void refused(Sending sending, Refusal refusal) {
            guarded(() -> machine.refused(sending, refusal, moment()));
        }

        @Override
        public void failed(Sending sending, Cause cause) {
            guarded(() -> machine.failed(sending, cause, moment()));
            poll();
        }

        @Override
        public void sentAway(Sending sending, Duration retryAfter) {
            guarded(() -> machine.sentAway(sending, retryAfter, moment()));
            poll();
        }

        void guarded(Runnable work) {
            if (life.isOver()) {
                return;
            }
            try {
                work.run();
            } catch (PowerCut.PowerCutException _) {
                diary.happenings().count(Happening.EDGE_CRASH_IN_WRITE);
                stop();
            }
        }
    }

    SimulatedEdge(
            SimulatedTime time,
            Dice dice,
            Diary diary,
            Poison poison,
            DeviceId device,
            List<InstitutionCode> clinics,
            Line line,
            Mutation mutation,
            MemoryDisk disk) {
        this.time = time;
        this.dice = dice;
        this.diary = diary;
        this.poison = poison;
        this.device = device;
        this.clinics = clinics;
        this.line = line;
        this.mutation = mutation;
        this.disk = disk;
    }

    void start() {
        if (run == null && !time.instant().isBefore(offUntil)) {
            Run started = new Run();
            run = started;
            started.life.soon(started::tick);
        }
    }

    /// Without a word, as a power cut does; a goodbye needs [#leave] before.
    void stop() {
        Run stopped = run;
        if (stopped != null) {
            stopped.life.end();
            if (!mutation.edgesSync()) {
                disk = stopped.before;
            }
            line.hangUp();
            run = null;
        }
    }

    /// Nobody switches it on for so long.
    void stayOff(Duration length) {
        stop();
        offUntil = time.instant().plus(length);
    }

    void mayStart() {
        offUntil = Instant.MIN;
    }

    void leave() {
        Run leaving = run;
        if (leaving != null) {
            leaving.machine.leave("the day is over");
        }
    }

    boolean isRunning() {
        return run != null;
    }

    /// @return whether the desk may believe that they are recorded
    boolean record(List<NewFact> facts) {
        Run now = run;
        if (now == null) {
            return false;
        }
        boolean[] done = new boolean[1];
        now.guarded(() -> {
            try {
                facts.forEach(fact -> diary.begun(this, fact.fact()));
                now.store.record(facts);
                facts.forEach(fact -> diary.recorded(this, fact.fact(), time.instant()));
                done[0] = true;
                now.queueing.recorded(facts, now.moment().uptime());
                now.machine.recorded(facts, now.moment());
            } catch (StoreFullException _) {
                diary.happenings().count(Happening.EDGE_DISK_FULL);
            } catch (IllegalArgumentException _) {
                diary.happenings().count(Happening.WRITTEN_DOWN_TOO_LATE);
            }
        });
        now.poll();
        return done[0];
    }

    @FunctionalInterface
    interface Sealing {
        void seal(TreatmentMonth month, PublicKey key, Export export);
    }

    /// Everything the hub has not acknowledged, as the desk's command writes it.
    void export(Sealing sealing) {
        Run now = run;
        if (now != null) {
            ExportPlan plan = ExportPlan.of(clinics, now.store, now(), isClockDoubtful());
            plan.items().forEach((month, items) -> {
                PublicKey key = Objects.requireNonNull(plan.keys().get(month));
                ExportFilling filling = new ExportFilling(
                        now.ids, now.ids.instance(), pcTime(), export -> sealing.seal(month, key, export));
                for (ExportPlan.Item item : items) {
                    now.store
                            .outgoing(item.clinic(), List.of(item.unnumbered()))
                            .forEach(sent -> filling.add(item.clinic(), sent));
                }
                filling.finish();
            });
        }
    }

    /// How often an older disk was put into it.
    int restores() {
        return restores;
    }

    void cutPowerAtNextWrite(PowerCut.Moment moment) {
        if (run != null) {
            run.power.atNextWrite(moment);
        }
    }

    void confirmDate() {
        Run now = run;
        if (now != null && now.clock.isDoubtful()) {
            var _ = now.clock.confirm(TreatmentMonth.dateAt(time.instant()), now.moment());
            diary.happenings().count(Happening.DATE_CONFIRMED);
        }
    }

    /// The PC's clock jumps, or is found to be wrong at the next start.
    void setClockOff(Duration off) {
        clockOff = off;
    }

    private Instant pcTime() {
        return time.instant().plus(clockOff);
    }

    /// The business time as the desk sees it.
    Instant now() {
        return running().clock.at(pcTime());
    }

    private TreatmentMonth oldestOpen() {
        return TreatmentMonth.at(now()).previous();
    }

    LocalDate today() {
        return TreatmentMonth.dateAt(now());
    }

    boolean isClockDoubtful() {
        running().clock.observe(running().moment());
        return running().clock.isDoubtful();
    }

    IdSource ids() {
        return running().ids;
    }

    /// As the desk sees them: none while the hub shuts this device out.
    List<Fact> facts(InstitutionCode clinic, TreatmentMonth month) {
        return isHidden(clinic) ? List.of() : running().store.facts(clinic, month);
    }

    boolean isHidden(InstitutionCode clinic) {
        return running().machine.isShutOut(clinic);
    }

    FactStore store() {
        return run == null ? disk.open() : run.store;
    }

    /// Whether everything recorded here has been acknowledged by the hub.
    boolean hasSentAll() {
        Run now = running();
        for (InstitutionCode clinic : clinics) {
            Outbox outbox = now.store.outbox(clinic);
            if (outbox != null && !outbox.numbered().isEmpty() || now.machine.unsent(clinic) > 0) {
                return false;
            }
        }
        return true;
    }

    String trouble() {
        Run now = running();
        StringBuilder text = new StringBuilder(device + " " + now.machine.connection());
        for (InstitutionCode clinic : clinics) {
            text.append(' ').append(clinic).append(" unsent=").append(now.machine.unsent(clinic));
            text.append(" outbox=").append(now.store.outbox(clinic));
        }
        return text.toString();
    }

    void putBack(MemoryDisk image) {
        stop();
        restores++;
        disk = image.copy();
    }

    MemoryDisk image() {
        return disk.copy();
    }

    MemoryDisk disk() {
        return disk;
    }

    DeviceId device() {
        return device;
    }

    List<InstitutionCode> clinics() {
        return clinics;
    }

    Line line() {
        return line;
    }

    private Run running() {
        if (run == null) {
            throw new IllegalStateException(device + " is off");
        }
        return run;
    }
}
