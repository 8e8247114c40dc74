package jp.kakunin.load.bench;

import static jp.kakunin.load.ExitCode.OK;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import jp.kakunin.load.Launcher;
import jp.kakunin.load.replay.Machine;
import jp.kakunin.load.report.Spread;
import jp.kakunin.load.up.LocalApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What an edge node costs the reception's computer: seconds at the start, memory all day.
@Command(
        name = "edge",
        mixinStandardHelpOptions = true,
        description = {
            "From the start of the edge node's Java machine until its desk is open, and what it costs all day: memory that",
            "is resident when nobody uses it and after taps; processor time and wake-ups while nothing happens, with a hub",
            "and without; the options of its Java machine."
        })
final class EdgeBenchCommand implements Callable<Integer> {
    private static final double AIM_SECONDS = 1.5;
    private static final double AIM_MIB = 150;
    private static final double NANOS = 1e9;
    private static final long SETTLE_SECONDS = 5;
    private static final double KIB_OF_MIB = 1024;

    @Option(
            names = "--starts",
            paramLabel = "N",
            defaultValue = "5",
            description = "Starts that count, after one that does not (default: ${DEFAULT-VALUE}).")
    private int starts;

    @Option(
            names = "--taps",
            paramLabel = "N",
            defaultValue = "200",
            description = "Taps before memory in use is looked at (default: ${DEFAULT-VALUE}).")
    private int taps;

    @Option(
            names = "--idle",
            paramLabel = "S",
            defaultValue = "60",
            description = "Seconds of doing nothing, with a hub and again without (default: ${DEFAULT-VALUE}).")
    private long idleSeconds;

    @Mixin
    private BenchReport report = new BenchReport();

    @Spec
    private CommandSpec spec;

    private final List<Double> launcherSeconds = new ArrayList<>();
    private final List<Double> readySeconds = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Path launcher = Launcher.path();
        PrintWriter out = spec.commandLine().getOut();
        try (Site site = Site.open(launcher, Math.max(1, taps), InstantSource.system())) {
            Machine machine = Machine.look(site.root(), launcher.resolveSibling("."));
            out.print(machine.text());
            out.flush();
            for (int i = 0; i <= starts; i++) {
                start(site, i > 0);
            }
            Idle idle = idle(site);
            double inUse = inUseMiB(site);
            site.stopHub();
            Idle offline = offline(site);
            report.write("edge", result(machine, idle, offline, inUse), text(idle, offline, inUse), out);
        }
        return OK;
    }

    private void start(Site site, boolean counts) throws IOException, InterruptedException {
        Site.Start start = site.startEdge();
        start.process().close();
        if (counts) {
            launcherSeconds.add(start.launcherNanos() / NANOS);
            readySeconds.add(start.readyNanos() / NANOS);
        }
    }

    /// What doing nothing costs.
    private record Idle(double mib, double cpuPercent, double wakeUpsPerSecond, List<String> flags) {
        String text(String when, long seconds) {
            return String.format(
                    Locale.ROOT,
                    "%s  %.2f %% of one processor, woken %.0f times/s, over %d s%n",
                    when,
                    cpuPercent,
                    wakeUpsPerSecond,
                    seconds);
        }

        JsonObject json() {
            return new JsonObject()
                    .put("mib", mib)
                    .put("cpuPercent", cpuPercent)
                    .put("wakeUpsPerSecond", wakeUpsPerSecond);
        }
    }

    private Idle idle(Site site) throws IOException, InterruptedException {
        try (var edge = site.startEdge().process();
                LocalApi _ = site.desk()) {
            return idle(edge.pid());
        }
    }

    private Idle offline(Site site) throws IOException, InterruptedException {
        try (var edge = site.startEdge().process()) {
            return idle(edge.pid());
        }
    }

    private Idle idle(long pid) throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        long cpu = ProcessCost.cpuNanos(pid);
        long wakeUps = ProcessCost.wakeUps(pid);
        TimeUnit.SECONDS.sleep(idleSeconds);
        return new Idle(
                Machine.residentKiB(pid) / KIB_OF_MIB,
                (ProcessCost.cpuNanos(pid) - cpu) / NANOS / idleSeconds * 100,
                (double) (ProcessCost.wakeUps(pid) - wakeUps) / idleSeconds,
                ProcessCost.flags(pid));
    }

    private double inUseMiB(Site site) throws IOException, InterruptedException {
        try (var edge = site.startEdgeWithInstantCards(0).process();
                LocalApi desk = site.desk()) {
            for (int i = 0; i < taps; i++) {
                var _ = desk.post("/api/checks", new JsonObject().put("method", "visual"));
                var _ = desk.get("/api/visits");
            }
            return Machine.residentKiB(edge.pid()) / KIB_OF_MIB;
        }
    }

    private String text(Idle idle, Idle offline, double inUse) {
        return "ready     " + Spread.of(readySeconds).text("s from the start of the Java machine to the open desk", 2)
                + ", aim " + AIM_SECONDS + " s\n"
                + "launcher  " + Spread.of(launcherSeconds).text("s before that", 2) + "\n"
                + String.format(
                        Locale.ROOT,
                        "memory    %.0f MiB resident after %d s idle, %.0f MiB after %d taps, aim %.0f MiB%n",
                        idle.mib(),
                        idleSeconds,
                        inUse,
                        taps,
                        AIM_MIB)
                + idle.text("idle    ", idleSeconds)
                + offline.text("no hub  ", idleSeconds)
                + "flags     " + String.join(" ", idle.flags()) + "\n";
    }

    private JsonObject result(Machine machine, Idle idle, Idle offline, double inUse) {
        return new JsonObject()
                .put("machine", machine.json())
                .put("starts", starts)
                .put("readySeconds", Spread.of(readySeconds).json())
                .put("launcherSeconds", Spread.of(launcherSeconds).json())
                .put("idle", idle.json())
                .put("idleWithoutHub", offline.json())
                .put("flags", new JsonArray(idle.flags()))
                .put("inUseMiB", inUse)
                .put("taps", taps)
                .put("aimSeconds", AIM_SECONDS)
                .put("aimMiB", AIM_MIB);
    }
}
