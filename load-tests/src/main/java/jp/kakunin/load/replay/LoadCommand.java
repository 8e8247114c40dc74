package jp.kakunin.load.replay;

import static jp.kakunin.load.ExitCode.FAILED;
import static jp.kakunin.load.ExitCode.OK;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import jp.kakunin.exchange.Reply;
import jp.kakunin.load.Launcher;
import jp.kakunin.load.UnavailableException;
import jp.kakunin.load.bench.BenchCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Puts load on a hub and looks whether everything it acknowledged is there.
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        version = "Kakunin 0.1.0",
        description = {
            "Put load on a hub with many virtual edge nodes, each with its own device certificate and connection.",
            "Facts are offered at a fixed rate, whatever the hub does; latencies count from the intended time. At the",
            "end every acknowledged fact is read back: exit code 1 when one is missing, doubled or not whole.",
            "Ctrl-C ends the offering early and still reports. `load bench` measures single parts."
        },
        subcommands = BenchCommand.class)
public final class LoadCommand implements Callable<Integer> {
    private static final long OPEN_SECONDS_MAX = 60;
    private static final int OPENING_AT_ONCE_MAX = 32;

    @Option(
            names = "--edges",
            paramLabel = "N",
            defaultValue = "20",
            description = "Virtual edge nodes, each with a clinic of its own (default: ${DEFAULT-VALUE}).")
    private int edges;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "500",
            description = "Facts a second over all of them (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "20",
            description = "How long (default: ${DEFAULT-VALUE}).")
    private long seconds;

    @Option(
            names = "--batch",
            paramLabel = "B",
            defaultValue = "1",
            description = "Facts of one push (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--live-share",
            paramLabel = "P",
            defaultValue = "0.5",
            description = "Share of the pushes a patient waits for, 0 to 1 (default: ${DEFAULT-VALUE}).")
    private double liveShare;

    @Option(
            names = "--arrivals",
            paramLabel = "KIND",
            defaultValue = "POISSON",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Arrivals.Spread spread;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "Repeat the arrivals and facts of an earlier run (default: by the clock).")
    private @Nullable Long seed;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder of a hub to use, started if it does not run; devices are enrolled there and stay. Without it a hub on a temporary folder is started and removed.")
    private @Nullable Path data;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            defaultValue = "load-report",
            description = "Where the report and the histograms go (default: ${DEFAULT-VALUE}).")
    private Path report;

    private final InstantSource clock = InstantSource.system();

    @Spec
    private CommandSpec spec;

    private final AtomicReference<@Nullable LoadRun> running = new AtomicReference<>();

    @Override
    public Integer call() throws Exception {
        LoadPlan plan = plan();
        Path launcher = Launcher.path();
        PrintWriter out = spec.commandLine().getOut();
        say(out, "enrolling " + plan.edges() + " devices and starting the hub");
        var finished = new CountDownLatch(1);
        try (LoadHub hub = LoadHub.prepare(data, plan.edges())) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(hub, finished), "load-interrupt"));
            hub.start(launcher, List.of("hub"));
            LoadReport result = run(plan, hub, launcher, out);
            result.write(report);
            out.print(result.text());
            say(out, "report    " + report.toAbsolutePath().normalize());
            return result.isGood() ? OK : FAILED;
        } finally {
            finished.countDown();
        }
    }

    private LoadPlan plan() {
        try {
            return new LoadPlan(
                    edges,
                    rate,
                    Duration.ofSeconds(seconds),
                    batch,
                    liveShare,
                    spread,
                    seed == null ? System.nanoTime() : seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private LoadReport run(LoadPlan plan, LoadHub hub, Path launcher, PrintWriter out)
            throws IOException, InterruptedException, UnavailableException, DataCheck.UnreadableException {
        Machine machine = Machine.look(hub.root(), launcher.resolveSibling("."));
        Instant begun = clock.instant();
        var gauge = new Gauge();
        var secrets = new SecureRandom();
        // The maker's thread alone uses it.
        var random = new Random(plan.seed() + 2);
        Vertx vertx = Vertx.vertx();
        List<HubLine> lines = new ArrayList<>();
        try {
            CardPapers papers =
                    CardPapers.sealed(hub.devices().getFirst().authority(), begun.minus(Duration.ofDays(1)), secrets);
            List<VirtualEdge> virtual = new ArrayList<>();
            List<ClinicDay> days = new ArrayList<>();
            for (DeviceIdentity device : hub.devices()) {
                HubLine line = new HubLine(vertx, device);
                lines.add(line);
                virtual.add(new VirtualEdge(device.clinic(), line, gauge, clock, secrets));
                days.add(new ClinicDay(device.clinic(), clock, secrets, random, papers));
            }
            open(virtual);
            DataCheck.skipWhatIsThere(virtual);
            LoadRun run = new LoadRun(plan, virtual, days, progress -> tell(out, progress, gauge));
            running.set(run);
            double offeredSeconds = run.run();
            say(out, "reading back");
            return new LoadReport(
                    begun,
                    plan,
                    offeredSeconds,
                    gauge.counts(),
                    gauge.live(),
                    gauge.backlog(),
                    check(virtual, out),
                    machine);
        } finally {
            lines.forEach(HubLine::close);
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static DataCheck.@Nullable Findings check(List<VirtualEdge> edges, PrintWriter out)
            throws InterruptedException {
        try {
            return DataCheck.of(edges);
        } catch (DataCheck.UnreadableException e) {
            say(out, "load: " + e.getMessage());
            return null;
        }
    }

    /// The connections come a few at a time, as they would over minutes: this measures facts, not handshakes.
    private static void open(List<VirtualEdge> edges) throws InterruptedException, UnavailableException {
        for (int from = 0; from < edges.size(); from += OPENING_AT_ONCE_MAX) {
            List<CompletableFuture<Reply>> opening =
                    edges.subList(from, Math.min(edges.size(), from + OPENING_AT_ONCE_MAX)).stream()
                            .map(VirtualEdge::open)
                            .toList();
            try {
                for (CompletableFuture<Reply> each : opening) {
                    var _ = each.get(OPEN_SECONDS_MAX, TimeUnit.SECONDS);
                }
            } catch (ExecutionException | TimeoutException e) {
                throw new UnavailableException("the hub does not answer its devices: " + e.getMessage());
            }
        }
    }

    private static void tell(PrintWriter out, LoadRun.Progress progress, Gauge gauge) {
        Gauge.Counts counts = gauge.counts();
        say(
                out,
                progress.second() + " s " + progress.phase() + ": offered " + counts.offered() + ", acknowledged "
                        + counts.acknowledged() + ", busy " + counts.busy() + ", dropped " + counts.dropped()
                        + (counts.errors().isEmpty() ? "" : ", errors " + counts.errors()));
    }

    /// Ctrl-C: the offering ends and the JVM stays until the report is written; before the offering there is
    /// nothing to report.
    private void interrupt(LoadHub hub, CountDownLatch finished) {
        LoadRun run = running.get();
        if (run == null) {
            hub.close();
            return;
        }
        run.interrupt();
        try {
            finished.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(PrintWriter out, String words) {
        out.println(words);
        out.flush();
    }
}
