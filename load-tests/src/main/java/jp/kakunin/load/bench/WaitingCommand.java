package jp.kakunin.load.bench;

import static jp.kakunin.load.ExitCode.OK;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import jp.kakunin.load.Launcher;
import jp.kakunin.load.replay.Descriptors;
import jp.kakunin.load.replay.LoadHub;
import jp.kakunin.load.replay.Machine;
import jp.kakunin.load.replay.WaitingFleet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What edges cost the hub that are connected and have nothing to say, and what their coming back costs.
@Command(
        name = "waiting",
        mixinStandardHelpOptions = true,
        description = {
            "All lines of many edges are dropped, and the edges come back by the tickets they have, and without, in turns.",
            "Then they wait for news: what that takes of the hub's memory and processor."
        })
final class WaitingCommand implements Callable<Integer> {
    private static final double AIM_MEBIBYTES = 4_096;
    private static final double AIM_PERCENT = 10;
    private static final int SPREAD_SECONDS_MIN = 5;
    private static final int EDGES_OF_SECOND = 250;
    private static final int ROUNDS = 2;
    private static final int NATION = 61_000;
    private static final double KIB_OF_MIB = 1_024;
    private static final double NANOS_OF_MILLI = 1e6;

    @Option(
            names = "--edges",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Edges, each with a connection and certificate of its own (default: ${DEFAULT-VALUE}).")
    private int edges;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "60",
            description = "How long the waiting is watched (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Mixin
    private BenchReport report = new BenchReport();

    @Spec
    private CommandSpec spec;

    /// One coming of all edges.
    private record Coming(double hubMillis, double testerMillis, double seconds, long handshakes, long resumed) {
        JsonObject json() {
            return new JsonObject()
                    .put("hubMillisOfEdge", hubMillis)
                    .put("testerMillisOfEdge", testerMillis)
                    .put("seconds", seconds)
                    .put("handshakes", handshakes)
                    .put("resumed", resumed);
        }

        String text() {
            return String.format(
                    "hub %.2f ms, tester %.2f ms of processor for an edge, in %.0f s; %,d handshakes, %,d resumed%n",
                    hubMillis, testerMillis, seconds, handshakes, resumed);
        }
    }

    @FunctionalInterface
    private interface Act {
        void run() throws Exception;
    }

    @Override
    public Integer call() throws Exception {
        try {
            Descriptors.check(edges);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        Path launcher = Launcher.path();
        PrintWriter out = spec.commandLine().getOut();
        try (LoadHub hub = LoadHub.prepare(null, 0);
                WaitingFleet fleet = WaitingFleet.enrol(hub.root(), edges, words -> say(out, words))) {
            hub.closeOnExit();
            Machine machine = Machine.look(hub.root(), launcher.resolveSibling("."));
            out.print(machine.text());
            hub.start(launcher, List.of("hub", "--reconnect-spread", String.valueOf(spreadSeconds())));
            long pid = hub.pid();
            long before = Machine.residentKiB(pid);
            Coming first = coming(pid, fleet, fleet::connect);
            // In turns, because the hub's Java machine grows faster all the while; the last of each count.
            Coming resumed = coming(pid, fleet, fleet::dropLines);
            Coming full = first;
            for (int round = 0; round < ROUNDS; round++) {
                fleet.forgetTickets();
                full = coming(pid, fleet, fleet::dropLines);
                resumed = coming(pid, fleet, fleet::dropLines);
                out.print("in full   " + full.text() + "by ticket " + resumed.text());
            }
            long cpu = ProcessCost.cpuNanos(pid);
            say(out, "watching for " + seconds + " s");
            TimeUnit.SECONDS.sleep(seconds);
            double percent = (ProcessCost.cpuNanos(pid) - cpu) / (double) TimeUnit.SECONDS.toNanos(seconds) * 100;
            long after = Machine.residentKiB(pid);
            double kibOfEdge = (double) (after - before) / edges;
            String text = String.format(
                            "edges     %,d connected and waiting; errors %s%n"
                                    + "memory    hub %.0f MiB without, %.0f MiB with them: %.1f KiB an edge, %,d would take %.0f MiB (aim %.0f)%n"
                                    + "processor %.2f %% of one while they wait, %,d would take %.1f %% (aim %.0f %%)%n",
                            edges,
                            fleet.errors(),
                            before / KIB_OF_MIB,
                            after / KIB_OF_MIB,
                            kibOfEdge,
                            NATION,
                            (before + kibOfEdge * NATION) / KIB_OF_MIB,
                            AIM_MEBIBYTES,
                            percent,
                            NATION,
                            percent / edges * NATION,
                            AIM_PERCENT)
                    + "first     " + first.text()
                    + "by ticket " + resumed.text()
                    + "in full   " + full.text();
            JsonObject result = new JsonObject()
                    .put("machine", machine.json())
                    .put("edges", edges)
                    .put("hubKiBWithout", before)
                    .put("hubKiBWith", after)
                    .put("kibOfEdge", kibOfEdge)
                    .put("cpuPercent", percent)
                    .put("first", first.json())
                    .put("byTicket", resumed.json())
                    .put("inFull", full.json());
            report.write("waiting", result, text, out);
        }
        return OK;
    }

    /// A hub that is up takes them faster than one that has just started.
    private int spreadSeconds() {
        return Math.max(SPREAD_SECONDS_MIN, edges / EDGES_OF_SECOND);
    }

    private Coming coming(long hubPid, WaitingFleet fleet, Act act) throws Exception {
        long tester = ProcessHandle.current().pid();
        long hubCpu = ProcessCost.cpuNanos(hubPid);
        long testerCpu = ProcessCost.cpuNanos(tester);
        long handshakes = fleet.handshakes();
        long resumed = fleet.resumed();
        long begun = System.nanoTime();
        act.run();
        return new Coming(
                (ProcessCost.cpuNanos(hubPid) - hubCpu) / NANOS_OF_MILLI / edges,
                (ProcessCost.cpuNanos(tester) - testerCpu) / NANOS_OF_MILLI / edges,
                (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1),
                fleet.handshakes() - handshakes,
                fleet.resumed() - resumed);
    }

    private static void say(PrintWriter out, String words) {
        out.println(words);
        out.flush();
    }
}
