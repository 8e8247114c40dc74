package jp.kakunin.load.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.load.UnavailableException;
import jp.kakunin.load.authority.Faults;
import jp.kakunin.load.authority.OqsServer;
import jp.kakunin.load.population.Outage;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.population.Scenario;
import jp.kakunin.load.population.TrafficModel;
import jp.kakunin.load.report.RunReport;
import jp.kakunin.load.verification.Verifier;
import jp.kakunin.load.verification.VisitTrace;
import org.jspecify.annotations.Nullable;

/// A run on a real hub: a process of its own on a folder given, or on one that goes away afterwards.
final class LoadSession {
    private static final int TOKEN_BYTES = 16;
    private static final Duration MADE_BEFORE = Duration.ofSeconds(30);

    /// The simulated authority says itself when it is asked too fast.
    private static final int AUTHORITY_RATE_MAX = 20_000;

    private final Scenario scenario;
    private final Plan plan;
    private final double speed;
    private final @Nullable Path data;
    private final Path launcher;
    private final Path reportFolder;
    private final Consumer<String> progress;
    private final InstantSource clock;
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
            InstantSource clock) {
        this.scenario = scenario;
        this.plan = plan;
        this.speed = speed;
        this.data = data;
        this.launcher = launcher;
        this.reportFolder = reportFolder;
        this.progress = progress;
        this.clock = clock;
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
            Identities identities = Identities.enrol(hub.root(), plan.clinics(), clock.instant(), secrets);
            HubFolder folder = new HubFolder(hub.root());
            Persons.register(folder.registry());
            try (OqsServer authority = authority(folder)) {
                List<String> command = command(authority);
                hub.start(launcher, command);
                return on(hub, identities, command, authority, secrets);
            }
        }
    }

    /// Null when the hub's own registry answers.
    private @Nullable OqsServer authority(HubFolder folder) throws IOException {
        boolean isAway = plan.outages().stream().anyMatch(each -> each.what() == Outage.What.AUTHORITY);
        if (!isAway && scenario.authorityPerSecond() == 0) {
            return null;
        }
        byte[] token = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(token);
        return OqsServer.start(
                folder.registry(),
                folder.data().resolve("authority").resolve("store"),
                clock,
                plan.seed(),
                HexFormat.of().formatHex(token));
    }

    private static List<String> command(@Nullable OqsServer authority) {
        return authority == null
                ? List.of("hub")
                : List.of(
                        "hub",
                        "--authority",
                        authority.url() + "/oqs",
                        "--authority-rate",
                        String.valueOf(AUTHORITY_RATE_MAX));
    }

    private RunReport on(
            LoadHub hub,
            Identities identities,
            List<String> command,
            @Nullable OqsServer authority,
            SecureRandom secrets)
            throws IOException, InterruptedException, UnavailableException {
        Machine machine = Machine.look(hub.root(), launcher.resolveSibling("."));
        VisitTrace trace = new VisitTrace(plan.size());
        Gauge gauge = new Gauge(plan.clinics().size());
        Persons persons = Persons.make(clock.instant(), secrets);
        VisitFacts facts = new VisitFacts(plan, persons, identities.authority(), clock, secrets);
        FleetNetwork network = new FleetNetwork(identities);
        Files.createDirectories(reportFolder);
        try (VisitMaker maker = new VisitMaker(plan.size(), facts::make);
                Fleet fleet = new Fleet(
                        plan,
                        trace,
                        gauge,
                        maker,
                        clock,
                        plan.seed(),
                        (edge, loop) -> new NettyLine(network, edge, loop, gauge));
                Course course = new Course(gauge, reportFolder)) {
            int first = firstArrivals();
            progress.accept("making the first " + first + " of " + plan.size() + " checks ahead");
            maker.start(first);
            HubAway away = new HubAway(hub, launcher, command, fleet, authority, limited());
            Timeline timeline = new Timeline(plan.outages(), away, gauge);
            ProcessWatch processes = new ProcessWatch(processes(hub));
            LoadRun run = new LoadRun(
                    scenario,
                    plan,
                    fleet,
                    trace,
                    gauge,
                    course,
                    timeline,
                    TrafficModel.SHIPPED.figure("round_timer_share"),
                    words -> {
                        processes.look();
                        progress.accept(words);
                    });
            running = run;
            if (interrupted.get()) {
                run.interrupt();
            }
            Instant begun = clock.instant();
            processes.look();
            try (HiccupMeter _ = new HiccupMeter(gauge.hiccups)) {
                run.run();
            }
            processes.look();
            progress.accept("reading back");
            RunReport.Verification verification = verify(trace, facts, fleet, hub.isTemporary());
            return new Reporting(scenario, plan, speed, begun, trace, gauge, course, run, timeline)
                    .report(machine, processes.uses(), verification);
        }
    }

    /// As many as the makers may not keep up with: the load begins with them, or brings a backlog soon.
    private int firstArrivals() {
        int first = 0;
        while (first < plan.size() && plan.at(first).compareTo(MADE_BEFORE) < 0) {
            first++;
        }
        return first;
    }

    private Faults limited() {
        return new Faults(
                false, 0, 0, 0, Faults.CharsetName.UTF_8, false, false, null, scenario.authorityPerSecond(), 0);
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
