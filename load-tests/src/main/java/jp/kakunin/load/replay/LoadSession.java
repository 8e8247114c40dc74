package jp.kakunin.load.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.load.UnavailableException;
import jp.kakunin.load.authority.Faults;
import jp.kakunin.load.authority.OqsServer;
import jp.kakunin.load.population.Outage;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.population.Scenario;
import jp.kakunin.load.population.Script;
import jp.kakunin.load.population.TrafficModel;
import jp.kakunin.load.population.Turn;
import jp.kakunin.load.report.RunReport;
import jp.kakunin.load.verification.Verifier;
import jp.kakunin.load.verification.VisitTrace;
import org.jspecify.annotations.Nullable;

/// A run on a real hub: a process of its own on a folder given, or on one that goes away afterwards.
final class LoadSession {
    private static final int TOKEN_BYTES = 16;
    private static final Duration MADE_BEFORE = Duration.ofSeconds(30);

    private static final int AUTHORITY_RATE_MAX = 20_000;

    /// Operators set their hub a little below what the authority allows.
    private static final double RATE_SHARE = 0.9;

    private final Scenario scenario;
    private final Plan plan;
    private final double speed;
    private final @Nullable Path data;
    private final Path launcher;
    private final Path reportFolder;
    private final Consumer<String> progress;
    private final InstantSource machineClock;
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private volatile @Nullable LoadRun running;

    LoadSession(
            Scenario scenario,
            Plan plan,
            double speed,
            @Nullable Path data,
            Path launcher,
            Path reportFolder,
            Consumer<String> progress,
            InstantSource machineClock) {
        this.scenario = scenario;
        this.plan = plan;
        this.speed = speed;
        this.data = data;
        this.launcher = launcher;
        this.reportFolder = reportFolder;
        this.progress = progress;
        this.machineClock = machineClock;
        if (scenario.turn() != null && data != null) {
            throw new IllegalArgumentException("scenario " + scenario.name()
                    + " plays a midnight, which needs a hub of its own: leave out --data");
        }
    }

    /// Ends the offering early, or the run before it begins.
    void interrupt() {
        interrupted.set(true);
        LoadRun now = running;
        if (now != null) {
            now.interrupt();
        }
    }

    RunReport run() throws IOException, InterruptedException, UnavailableException {
        SecureRandom secrets = new SecureRandom();
        try (LoadHub hub = LoadHub.open(data)) {
            progress.accept("enrolling " + plan.clinics().size() + " devices");
            Identities identities = Identities.enrol(hub.root(), plan.clinics(), machineClock.instant(), secrets);
            HubFolder folder = new HubFolder(hub.root());
            Persons.register(folder.registry());
            int first = firstArrivals();
            Turn turn = scenario.turn();
            PlayedTime time = turn == null
                    ? PlayedTime.ofMachine(machineClock)
                    : PlayedTime.turning(
                            machineClock, turn, speed, plan.clinics().size(), first);
            RunReport report;
            try (OqsServer authority = authority(folder, time)) {
                List<String> command = command(time, authority);
                hub.start(launcher, command);
                report = on(hub, time, identities, command, authority, secrets);
            }
            if (!hub.isOurs()) {
                return report;
            }
            progress.accept("stopping the hub, and hub verify on its store");
            hub.stop();
            return report.with(hub.verify(launcher, time.hubCommand()));
        }
    }

    /// Null when the hub's own registry answers.
    private @Nullable OqsServer authority(HubFolder folder, PlayedTime time) throws IOException {
        boolean isAway = plan.outages().stream().anyMatch(each -> each.what() == Outage.What.AUTHORITY);
        if (!isAway && scenario.authorityPerSecond() == 0) {
            return null;
        }
        byte[] token = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(token);
        OqsServer server = OqsServer.start(
                folder.registry(),
                folder.data().resolve("authority").resolve("store"),
                time.clock(),
                plan.seed(),
                HexFormat.of().formatHex(token));
        server.wrong(limited());
        return server;
    }

    private List<String> command(PlayedTime time, @Nullable OqsServer authority) {
        List<String> command = new ArrayList<>(time.hubCommand());
        if (authority != null) {
            int allowed = limited().perSecond();
            int rate = allowed == 0 ? AUTHORITY_RATE_MAX : Math.max(1, (int) (allowed * RATE_SHARE));
            command.addAll(List.of("--authority", authority.url() + "/oqs", "--authority-rate", String.valueOf(rate)));
        }
        return command;
    }

    private RunReport on(
            LoadHub hub,
            PlayedTime time,
            Identities identities,
            List<String> command,
            @Nullable OqsServer authority,
            SecureRandom secrets)
            throws IOException, InterruptedException, UnavailableException {
        Machine machine = Machine.look(hub.root(), launcher.resolveSibling("."));
        VisitTrace trace = new VisitTrace(plan.size());
        Gauge gauge = new Gauge(plan.clinics().size());
        Persons persons = Persons.make(machineClock.instant(), secrets);
        VisitFacts facts = new VisitFacts(plan, persons, identities.authority(), time.clock(), secrets);
        FleetNetwork network = new FleetNetwork(identities);
        Files.createDirectories(reportFolder);
        try (VisitMaker maker = new VisitMaker(plan.size(), facts::make);
                Fleet fleet = new Fleet(
                        plan,
                        trace,
                        gauge,
                        maker,
                        time.clock(),
                        plan.seed(),
                        (edge, loop) -> new NettyLine(network, edge, loop, gauge));
                Course course = new Course(gauge, reportFolder)) {
            progress.accept("making the first " + firstArrivals() + " of " + plan.size() + " checks ahead");
            maker.start(firstArrivals());
            HubAway away = new HubAway(hub, launcher, command, fleet, authority, limited());
            Timeline timeline = new Timeline(plan.outages(), away, gauge);
            ProcessWatch processes = new ProcessWatch(processes(hub));
            List<Aside> asides = asides(hub, time, trace, gauge, facts, fleet);
            LoadRun run = new LoadRun(
                    scenario,
                    plan,
                    fleet,
                    trace,
                    gauge,
                    course,
                    timeline,
                    asides,
                    time,
                    TrafficModel.SHIPPED.figure("round_timer_share"),
                    words -> {
                        processes.look();
                        progress.accept(words);
                    });
            running = run;
            if (interrupted.get()) {
                run.interrupt();
            }
            Instant begun = machineClock.instant();
            processes.look();
            try (HiccupMeter _ = new HiccupMeter(gauge.hiccups)) {
                run.run();
            }
            processes.look();
            progress.accept("reading back");
            List<RunReport.Measured> measured = new ArrayList<>();
            for (Aside each : asides) {
                measured.addAll(each.measured());
            }
            RunReport.Verification verification = verify(trace, facts, fleet, hub.isTemporary());
            return new Reporting(scenario, plan, speed, begun, trace, gauge, course, run, timeline)
                    .report(machine, processes.uses(), measured, verification);
        }
    }

    /// What the scenario does or watches beside the checks.
    private List<Aside> asides(
            LoadHub hub, PlayedTime time, VisitTrace trace, Gauge gauge, VisitFacts facts, Fleet fleet) {
        List<Aside> asides = new ArrayList<>();
        if (!plan.reads().isEmpty()) {
            asides.add(new ClaimReads(plan, facts, trace, fleet, gauge));
        }
        if (scenario.harmed()) {
            asides.add(new QuarantineCount(plan, trace, gauge, hub::get));
        }
        Turn turn = scenario.turn();
        Midnight midnight = time.midnight();
        if (turn != null && midnight != null) {
            HubFolder folder = new HubFolder(hub.root());
            asides.add(
                    switch (turn.into()) {
                        case LAST_CALL -> new DueWatch(plan, trace, visit -> isOwed(facts, visit), hub::get, midnight);
                        case NEXT_MONTH ->
                            new PurgeWatch(
                                    plan,
                                    trace,
                                    facts.monthBefore(),
                                    fleet.history(),
                                    folder.receipts(),
                                    folder.store(),
                                    midnight);
                    });
        }
        return asides;
    }

    /// By its script: a first visit that has neither confirmation nor attestation.
    private boolean isOwed(VisitFacts facts, int visit) {
        Script script = TrafficModel.SHIPPED.scripts().get(plan.scriptOf(visit));
        return facts.kindOf(visit) == VisitKind.INITIAL
                && !script.standing().equals("CONFIRMED")
                && !script.standing().equals("ATTESTED");
    }

    /// As many as the makers may not keep up with: the load begins with them, or brings a backlog soon.
    private int firstArrivals() {
        int first = 0;
        while (first < plan.size() && plan.at(first).compareTo(MADE_BEFORE) < 0) {
            first++;
        }
        return first;
    }

    /// As much of the nation's authority as is played of the nation, and as much faster.
    private Faults limited() {
        double share = (double) plan.clinics().size() / scenario.clinics();
        int perSecond = (int) Math.ceil(scenario.authorityPerSecond() * share * speed);
        return new Faults(false, 0, 0, 0, Faults.CharsetName.UTF_8, false, false, null, perSecond, 0);
    }

    private static Map<String, LongSupplier> processes(LoadHub hub) {
        Map<String, LongSupplier> pids = new HashMap<>();
        pids.put("generator", () -> ProcessHandle.current().pid());
        pids.put("hub", hub::pid);
        return pids;
    }

    private RunReport.@Nullable Verification verify(VisitTrace trace, VisitFacts facts, Fleet fleet, boolean isHubNew)
            throws InterruptedException {
        try {
            return new Verifier(
                            plan,
                            trace,
                            TrafficModel.SHIPPED.scripts(),
                            LoadHub::clinic,
                            fleet.history(),
                            facts.month(),
                            isHubNew)
                    .verify();
        } catch (Verifier.UnreadableException e) {
            progress.accept("load: " + e.getMessage());
            return null;
        }
    }
}
