package jp.kakunin.load.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import jp.kakunin.codec.AnswerSeal;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.DeviceReport;
import jp.kakunin.exchange.DeviceReport.ReaderCondition;
import jp.kakunin.exchange.Export;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Reply.Policy;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Acknowledged;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.exchange.StreamReply.Refused;
import jp.kakunin.exchange.StreamReply.Resume;
import jp.kakunin.hub.authority.Asker;
import jp.kakunin.hub.authority.Authority;
import jp.kakunin.hub.authority.AuthorityHealth;
import jp.kakunin.hub.clock.BusinessClock;
import jp.kakunin.hub.clock.UnbelievableClockException;
import jp.kakunin.hub.erasure.MonthEnd;
import jp.kakunin.hub.exchange.ExchangeService;
import jp.kakunin.hub.exchange.ExchangeSettings;
import jp.kakunin.hub.export.StreamIntake;
import jp.kakunin.hub.export.StreamTaken;
import jp.kakunin.hub.fleet.FleetView;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.MemoryJournal;
import jp.kakunin.hub.proof.ProofNumbers;
import jp.kakunin.journal.ClosedMonth;
import org.jspecify.annotations.Nullable;

/// The hub: a disk with backups, and while it runs the real exchange and the real asker.
final class SimulatedHub {
    private static final int SHARDS = 2;
    private static final int ASKED_PER_SECOND_MAX = 50;
    private static final Duration KEEP_TIME_EVERY = Duration.ofHours(1);
    private static final byte[] SEAL_KEY = "the key of a simulated answer seal".getBytes(StandardCharsets.US_ASCII);

    private final SimulatedTime time;
    private final Dice dice;
    private final Town town;
    private final Authority authority;
    private final Weather weather;
    private final Mutation mutation;
    private final Diary diary;
    private final ExchangeSettings settings;
    private final IdSource ids;
    private final int grantMax;
    private final List<Runnable> onCrash = new ArrayList<>();
    private final Set<TreatmentMonth> receipts = new TreeSet<>();
    private Duration clockOff = Duration.ZERO;
    private Instant downUntil = Instant.MIN;
    private @Nullable Instant lastSeen;
    private MemoryJournal disk;
    private @Nullable MemoryJournal backup;
    private @Nullable Run run;

    private final class Run {
        final Life life = new Life(time);
        final FleetView fleet = new FleetView();
        final BusinessClock clock;
        final ExchangeService service;

        Run(BusinessClock clock) {
            this.clock = clock;
            mutation.starting(disk);
            Journal journal = mutation.journal(new UnreliableJournal(disk, weather, SimulatedHub.this, time, diary));
            List<Executor> shards = new ArrayList<>();
            for (int i = 0; i < SHARDS; i++) {
                shards.add(life::soon);
            }
            service = new ExchangeService(
                    settings,
                    journal,
                    town,
                    fleet,
                    new AnswerSeal(SEAL_KEY),
                    new ProofNumbers(SEAL_KEY, dice.generator()),
                    clock,
                    dice.generator(),
                    shards,
                    life);
            Asker asker = new Asker(
                    journal,
                    authority,
                    ASKED_PER_SECOND_MAX,
                    service,
                    life::soon,
                    life,
                    clock,
                    dice.generator(),
                    new AuthorityHealth());
            service.onCommit(asker);
            asker.start();
            new MonthEnd(journal, this::writeReceipts, clock, life, life::soon).start();
            keepTime();
        }

        private void writeReceipts(List<ClosedMonth> closed, Instant keysDestroyed) {
            for (ClosedMonth each : closed) {
                Promise.P1.demand(each.month().isClosedAt(keysDestroyed), each + " is forgotten too early");
                if (receipts.add(each.month())) {
                    diary.happenings().count(Happening.ERASURE_RECEIPT);
                }
            }
        }

        private void keepTime() {
            lastSeen = clock.instant();
            life.after(KEEP_TIME_EVERY, this::keepTime);
        }
    }

    SimulatedHub(
            SimulatedTime time,
            Dice dice,
            Town town,
            Authority authority,
            Weather weather,
            Mutation mutation,
            Diary diary) {
        this.time = time;
        this.dice = dice;
        this.town = town;
        this.authority = authority;
        this.weather = weather;
        this.mutation = mutation;
        this.diary = diary;
        ids = new IdSource(time, dice.generator());
        disk = MemoryJournal.create(ids.incarnation(), this::turnTheDisk);
        grantMax = dice.pick(0, 0, 0, 2, 5);
        boolean crowded = dice.chance(0.2);
        settings = new ExchangeSettings(
                crowded ? 1 : 64,
                crowded ? 1 : 64,
                crowded ? 1 : 16,
                crowded ? 3 : 100,
                3,
                Duration.ofMillis(crowded ? 200 : 1_000),
                new Policy(Duration.ofSeconds(dice.between(5, 60)), "0.1.0"));
    }

    private void turnTheDisk(Runnable turn) {
        time.after(weather.syncMillis(), turn);
    }

    void onCrash(Runnable listener) {
        onCrash.add(listener);
    }

    boolean isRunning() {
        return run != null;
    }

    void start() {
        if (run == null && !time.instant().isBefore(downUntil)) {
            run = new Run(clock());
        }
    }

    /// A clock that is not believed is set right by the operators.
    private BusinessClock clock() {
        Instant started = time.instant();
        Supplier<Duration> uptime = () -> Duration.between(started, time.instant());
        InstantSource machine = () -> time.instant().plus(clockOff);
        try {
            return new BusinessClock(machine, uptime, lastSeen, false);
        } catch (UnbelievableClockException _) {
            diary.happenings().count(Happening.HUB_CLOCK_REFUSED);
            clockOff = Duration.ZERO;
            return rightClock(machine, uptime);
        }
    }

    private BusinessClock rightClock(InstantSource machine, Supplier<Duration> uptime) {
        try {
            return new BusinessClock(machine, uptime, lastSeen, true);
        } catch (UnbelievableClockException e) {
            throw new IllegalStateException(e);
        }
    }

    void setClockOff(Duration off) {
        clockOff = off;
    }

    /// Down, and nobody starts it for so long.
    void stayDown(Duration length) {
        downUntil = time.instant().plus(length);
        crash();
        time.after(length.toMillis(), this::start);
    }

    void mayStart() {
        downUntil = Instant.MIN;
    }

    void crash() {
        Run dead = run;
        if (dead != null) {
            run = null;
            dead.life.end();
            diary.ended(dead.fleet.counters());
            disk = mutation.afterCrash(disk.crash());
            onCrash.forEach(Runnable::run);
        }
    }

    void backUp() {
        backup = disk.backup(ids.incarnation());
    }

    /// Down, and what was in the last backup comes back as another life of the hub.
    boolean restore() {
        MemoryJournal image = backup;
        if (image == null) {
            return false;
        }
        crash();
        Set<FactId> before = Contents.factsOf(disk, town.clinics());
        disk = image.backup(ids.incarnation());
        diary.hubRestored(before);
        return true;
    }

    CompletableFuture<Reply> handle(DeviceId device, Request request) {
        Run now = run;
        if (now == null) {
            return CompletableFuture.failedFuture(new IllegalStateException("the hub is down"));
        }
        mutation.arriving(device, request);
        return now.service.handle(device, request).thenApply(reply -> diary.said(device, request, grantLess(reply)));
    }

    /// One stream of an export that somebody brought; if the hub crashes meanwhile nothing more is heard.
    CompletableFuture<StreamTaken> carried(DeviceId device, Export export, Export.Stream stream) {
        Run now = run;
        if (now == null) {
            return new CompletableFuture<>();
        }
        return StreamIntake.take(
                stream, export.epoch(), batch -> carried(now, device, export.instance(), batch), now.life);
    }

    private CompletableFuture<Reply> carried(Run now, DeviceId device, Instance instance, Batch batch) {
        DeviceReport report = new DeviceReport(time.instant(), Duration.ZERO, "0.1.0", ReaderCondition.EMPTY, null);
        Request.Push push = new Request.Push(instance, report, List.of(batch));
        mutation.arriving(device, push);
        return now.service
                .carried(device, instance, batch)
                .thenApply(reply -> diary.said(device, push, grantLess(reply)));
    }

    /// A hub under pressure lets each device send little at a time.
    private Reply grantLess(Reply reply) {
        if (grantMax == 0 || !(reply.body() instanceof Reply.Pushed(List<StreamReply> answers))) {
            return reply;
        }
        diary.happenings().count(Happening.SMALL_GRANT);
        Grant little = new Grant(grantMax, Limits.BATCH_BYTES_MAX);
        List<StreamReply> less = answers.stream()
                .<StreamReply>map(answer -> switch (answer) {
                    case Acknowledged a ->
                        new Acknowledged(a.clinic(), a.epoch(), a.position(), little, a.tally(), a.remarks());
                    case Resume r -> new Resume(r.clinic(), r.epoch(), r.position(), little, r.remarks());
                    case Refused refused -> refused;
                })
                .toList();
        return new Reply(reply.incarnation(), reply.hubTime(), reply.policy(), new Reply.Pushed(less));
    }

    /// What is durable, whatever runs.
    Journal journal() {
        return disk;
    }

    MemoryJournal disk() {
        return disk;
    }

    boolean hasReceipt(TreatmentMonth month) {
        return receipts.contains(month);
    }

    void stop() {
        Run last = run;
        if (last != null) {
            diary.ended(last.fleet.counters());
            last.life.end();
            run = null;
        }
    }
}
