package jp.kakunin.load.bench;

import static jp.kakunin.load.ExitCode.OK;

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
            "From the start of the edge node's Java machine until its desk is open, and the memory that is resident when",
            "nobody uses it and after taps."
        })
final class EdgeBenchCommand implements Callable<Integer> {
    private static final double AIM_SECONDS = 1.5;
    private static final double AIM_MIB = 150;
    private static final double NANOS = 1e9;
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
            defaultValue = "5",
            description = "Seconds before idle memory is looked at (default: ${DEFAULT-VALUE}).")
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
            double idle = idleMiB(site);
            double inUse = inUseMiB(site);
            report.write("edge", result(machine, idle, inUse), text(idle, inUse), out);
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

    private double idleMiB(Site site) throws IOException, InterruptedException {
        try (var edge = site.startEdge().process();
                LocalApi _ = site.desk()) {
            TimeUnit.SECONDS.sleep(idleSeconds);
            return Machine.residentKiB(edge.pid()) / KIB_OF_MIB;
        }
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

    private String text(double idle, double inUse) {
        return "ready     " + Spread.of(readySeconds).text("s from the start of the Java machine to the open desk", 2)
                + ", aim " + AIM_SECONDS + " s\n"
                + "launcher  " + Spread.of(launcherSeconds).text("s before that", 2) + "\n"
                + String.format(
                        Locale.ROOT,
                        "memory    %.0f MiB resident after %d s idle, %.0f MiB after %d taps, aim %.0f MiB%n",
                        idle,
                        idleSeconds,
                        inUse,
                        taps,
                        AIM_MIB);
    }

    private JsonObject result(Machine machine, double idle, double inUse) {
        return new JsonObject()
                .put("machine", machine.json())
                .put("starts", starts)
                .put("readySeconds", Spread.of(readySeconds).json())
                .put("launcherSeconds", Spread.of(launcherSeconds).json())
                .put("idleMiB", idle)
                .put("inUseMiB", inUse)
                .put("taps", taps)
                .put("aimSeconds", AIM_SECONDS)
                .put("aimMiB", AIM_MIB);
    }
}
