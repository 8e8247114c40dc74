package jp.kakunin.load.replay;

import static jp.kakunin.load.ExitCode.FAILED;
import static jp.kakunin.load.ExitCode.OK;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import jp.kakunin.load.Launcher;
import jp.kakunin.load.UnavailableException;
import jp.kakunin.load.bench.BenchCommand;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.population.PlanMaker;
import jp.kakunin.load.population.ReplayFile;
import jp.kakunin.load.population.Scenario;
import jp.kakunin.load.population.TrafficModel;
import jp.kakunin.load.report.RunReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Plays a scenario against a hub and looks whether everything it acknowledged is there.
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        version = "Kakunin 0.1.0",
        description = {
            "Play a scenario against a hub with many virtual edge nodes, each with the product's own protocol, its own",
            "device certificate and connection. Patients come when the plan says, whatever the hub does; latencies count",
            "from then. At the end every acknowledged check is read back through the clinics' history: exit code 1 when",
            "one is missing, doubled or wrong, or an objective is missed. Ctrl-C ends the offering early and still",
            "verifies and reports. `load bench` measures single parts, `load peers` what other programs do with the same",
            "facts."
        },
        subcommands = {
            LoadCommand.RecordPlan.class,
            LoadCommand.ReplayPlan.class,
            BenchCommand.class,
            HubAheadCommand.class
        })
public final class LoadCommand implements Callable<Integer> {
    @Mixin
    private PlanOptions wanted = new PlanOptions();

    @Mixin
    private RunOptions where = new RunOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws Exception {
        try {
            Scenario scenario = wanted.scenario();
            double speed = where.speed == null ? scenario.speed() : where.speed;
            return where.play(
                    scenario,
                    wanted.plan(scenario, clock),
                    speed,
                    clock,
                    spec.commandLine().getOut());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /// `load record`
    @Command(
            name = "record",
            mixinStandardHelpOptions = true,
            description = "Write the arrivals of a scenario into a replay file (ops/load-model.md), and play nothing.")
    static final class RecordPlan implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "Where to.")
        private Path file = Path.of("");

        @Mixin
        private PlanOptions wanted = new PlanOptions();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        private final InstantSource clock = InstantSource.system();

        @Override
        public Integer call() throws IOException {
            try {
                Plan plan = wanted.plan(wanted.scenario(), clock);
                ReplayFile.write(plan, file);
                spec.commandLine()
                        .getOut()
                        .println(file + ": " + plan.size() + " arrivals at "
                                + plan.clinics().size() + " clinics in "
                                + plan.length().toSeconds() + " s, seed " + plan.seed());
                return OK;
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
        }
    }

    /// `load replay`
    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description = "Play the arrivals and outages of a replay file.")
    static final class ReplayPlan implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "What `load record` wrote.")
        private Path file = Path.of("");

        @Mixin
        private RunOptions where = new RunOptions();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        private final InstantSource clock = InstantSource.system();

        @Override
        public Integer call() throws Exception {
            try {
                Plan plan = ReplayFile.read(file);
                Scenario scenario = Scenario.named(plan.scenario());
                double speed = where.speed == null ? scenario.speed() : where.speed;
                return where.play(
                        scenario, plan, speed, clock, spec.commandLine().getOut());
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
        }
    }

    /// What is to come.
    static final class PlanOptions {
        @Option(
                names = "--scenario",
                paramLabel = "NAME",
                defaultValue = "quick",
                description = "quick, L1 to L10 or soak (default: ${DEFAULT-VALUE}); ops/load-model.md tells them.")
        private String scenario = "quick";

        @Option(
                names = "--scale",
                paramLabel = "S",
                description = "Share of the nation, e.g. 0.01 or 1/100 (default: what a small machine can run).")
        private @Nullable String scale;

        @Option(names = "--edges", paramLabel = "N", description = "The same as a number of clinics.")
        private @Nullable Integer edges;

        @Option(
                names = "--seed",
                paramLabel = "SEED",
                description = "Repeat the plan of an earlier run (default: by the clock).")
        private @Nullable Long seed;

        Scenario scenario() {
            return Scenario.named(scenario);
        }

        Plan plan(Scenario of, InstantSource clock) {
            long clinics = edges == null ? Math.round(of.clinics() * scale(of)) : edges;
            if (clinics < 1 || clinics > Fleet.EDGES_MAX) {
                throw new IllegalArgumentException("--edges must be 1 to " + Fleet.EDGES_MAX + ", was " + clinics);
            }
            return PlanMaker.plan(TrafficModel.SHIPPED, of, (int) clinics, seed == null ? clock.millis() : seed);
        }

        private double scale(Scenario of) {
            if (scale == null) {
                return of.scale();
            }
            try {
                String[] parts = scale.split("/", 2);
                double share = Double.parseDouble(parts[0]) / (parts.length == 1 ? 1 : Double.parseDouble(parts[1]));
                if (share > 0 && share <= 1) {
                    return share;
                }
            } catch (NumberFormatException _) {
                // Told below.
            }
            throw new IllegalArgumentException("--scale must be above 0 and at most 1, e.g. 1/100, was " + scale);
        }
    }

    /// Where and how fast it is played.
    static final class RunOptions {
        private static final int REPEATS_MAX = 100;

        @Option(
                names = "--speed",
                paramLabel = "K",
                description = "Arrivals and outages 1 to 1000 times faster (default: the scenario's).")
        private @Nullable Double speed;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                description =
                        "Folder of a hub to use, started if it does not run; devices are enrolled there and stay. Without it a hub on a temporary folder is started and removed.")
        private @Nullable Path data;

        @Option(
                names = "--repeats",
                paramLabel = "N",
                defaultValue = "1",
                description =
                        "Play it so many times, each on a fresh hub, and report the spread (default: ${DEFAULT-VALUE}).")
        private int repeats = 1;

        @Option(
                names = "--report",
                paramLabel = "DIR",
                defaultValue = "load-report",
                description = "Where report, histograms and intervals go (default: ${DEFAULT-VALUE}).")
        private Path report = Path.of("load-report");

        int play(Scenario scenario, Plan plan, double times, InstantSource clock, PrintWriter out)
                throws IOException, InterruptedException, UnavailableException {
            Descriptors.check(plan.clinics().size());
            if (repeats < 1 || repeats > REPEATS_MAX) {
                throw new IllegalArgumentException("--repeats must be 1 to " + REPEATS_MAX + ", was " + repeats);
            }
            if (repeats > 1 && data != null) {
                throw new IllegalArgumentException("--repeats needs a fresh hub each time: leave out --data");
            }
            Plan played = plan.faster(times);
            Path launcher = Launcher.path();
            Repeats runs = new Repeats(
                    repeats,
                    folder -> new LoadSession(
                            scenario, played, times, data, launcher, folder, words -> say(out, words), clock));
            CountDownLatch finished = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(runs, finished), "load-interrupt"));
            try {
                RunReport result = runs.run(report, each -> out.print(ReportText.of(each)));
                say(out, "report    " + report.toAbsolutePath().normalize());
                return result.isPassed() ? OK : FAILED;
            } finally {
                finished.countDown();
            }
        }

        /// Ctrl-C: the offering ends and the JVM stays until the report is written.
        private static void interrupt(Repeats runs, CountDownLatch finished) {
            runs.interrupt();
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
}
