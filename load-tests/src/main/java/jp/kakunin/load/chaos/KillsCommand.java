package jp.kakunin.load.chaos;

import static jp.kakunin.load.ExitCode.FAILED;
import static jp.kakunin.load.ExitCode.OK;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import jp.kakunin.load.Launcher;
import jp.kakunin.load.replay.LoadHub;
import jp.kakunin.load.replay.Machine;
import jp.kakunin.load.report.ReportFiles;
import jp.kakunin.load.report.RunReport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Does an acknowledgement outlive the hub?
@Command(
        name = "kills",
        mixinStandardHelpOptions = true,
        description = {
            "Kill a hub again and again at a drawn instant while edges push over a bad line, start it again, and look",
            "for every fact it acknowledged. What was acknowledged is never offered again, so what is lost stays lost.",
            "Exit code 1 when one is missing or doubled. Ctrl-C ends it early and still reports."
        })
public final class KillsCommand implements Callable<Integer> {
    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "100",
            description = "How often the hub is killed (default: ${DEFAULT-VALUE}).")
    private int times;

    @Option(
            names = "--power-cut",
            description = {
                "Cut the power instead: whatever was not synced to the disk is gone. Needs gcc.",
                "Without it the system still writes what a killed hub has handed over."
            })
    private boolean powerCut;

    @Option(
            names = "--edges",
            paramLabel = "N",
            defaultValue = "6",
            description = "Edges that push at the same time (default: ${DEFAULT-VALUE}).")
    private int edges;

    @Option(
            names = "--authority-every",
            paramLabel = "N",
            defaultValue = "10",
            description = "Kill the simulated authority with every Nth kill, 0 never (default: ${DEFAULT-VALUE}).")
    private int authorityEvery;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "600",
            description = "Stop early after so long (default: ${DEFAULT-VALUE}).")
    private long minutes;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "Draw the same instants and troubles again (default: by the clock).")
    private @Nullable Long seed;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            defaultValue = "kill-report",
            description = "Where the report goes (default: ${DEFAULT-VALUE}).")
    private Path report;

    /// A hub that does not sync must be found out; for the test that this command can fail.
    @Option(names = "--unsafe-no-sync", hidden = true)
    private boolean noSync;

    @Spec
    private CommandSpec spec;

    private final InstantSource clock = InstantSource.system();
    private final AtomicReference<@Nullable KillRun> running = new AtomicReference<>();

    @Override
    public Integer call() throws Exception {
        KillPlan plan = plan();
        Path home = Launcher.path().resolveSibling(".").normalize();
        PrintWriter out = spec.commandLine().getOut();
        Path scratch = Files.createTempDirectory("kakunin-kills");
        var finished = new CountDownLatch(1);
        say(out, "seed " + plan.seed() + "; enrolling " + plan.devices() + " devices");
        try (LoadHub folder = LoadHub.prepare(null, plan.devices())) {
            Machine machine = Machine.look(folder.root(), home);
            Instant begun = clock.instant();
            Path shim = powerCut ? PowerCut.compile(scratch) : null;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(finished), "kills-interrupt"));
            RunReport result;
            try (KillRun run = new KillRun(plan, folder, home, shim, scratch, noSync, words -> say(out, words))) {
                running.set(run);
                result = report(plan, machine, begun, run.run());
            }
            ReportFiles.write(result, report);
            say(out, text(result));
            return result.isPassed() ? OK : FAILED;
        } finally {
            Folders.delete(scratch);
            finished.countDown();
        }
    }

    private KillPlan plan() {
        try {
            return new KillPlan(
                    times,
                    powerCut,
                    edges,
                    authorityEvery,
                    Duration.ofMinutes(minutes),
                    seed == null ? System.nanoTime() : seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static RunReport report(KillPlan plan, Machine machine, Instant begun, KillRun.Result result) {
        long offered = result.tally().offered();
        long acknowledged = result.tally().acknowledged();
        RunReport.Verification verification = result.findings().verification(offered - acknowledged);
        String how = plan.powerCut() ? "the power of a hub is cut" : "a hub is killed";
        return new RunReport(
                RunReport.FORMAT,
                new RunReport.Scenario(
                        plan.powerCut() ? "power-cuts" : "kills",
                        how + " " + result.kills() + " times while edges push over a bad line",
                        0,
                        1,
                        plan.edges(),
                        plan.seed(),
                        begun,
                        result.took(),
                        result.interrupted()),
                machine(machine),
                new RunReport.Versions("0.1.0", machine.revision(), Map.of()),
                assumptions(plan),
                new RunReport.Counts(offered, offered, 0, 0, 0, acknowledged, 0, offered - acknowledged),
                result.tally().rates(),
                List.of(
                        new RunReport.Latency(
                                "restart",
                                "start of the process to ready",
                                RunReport.Unit.MICROSECONDS,
                                result.restarts(),
                                List.of()),
                        result.tally().acknowledgements()),
                new RunReport.Generator(RunReport.Unit.MICROSECONDS, new Histogram(1_000, 1), 0),
                List.of(),
                result.tally().errors(),
                result.outages(),
                new RunReport.Fleet(List.of(), List.of(), 0, 0),
                List.of(),
                List.of(),
                List.of(
                        new RunReport.Objective(
                                "kills", RunReport.Objective.Bound.AT_LEAST, plan.times(), "kills", (double)
                                        result.kills()),
                        new RunReport.Objective(
                                "acknowledged and missing", RunReport.Objective.Bound.AT_MOST, 0, "facts", (double)
                                        verification.missing()),
                        new RunReport.Objective(
                                "acknowledged and doubled", RunReport.Objective.Bound.AT_MOST, 0, "facts", (double)
                                        verification.doubled())),
                verification,
                null,
                null,
                List.of());
    }

    private static List<RunReport.Assumption> assumptions(KillPlan plan) {
        return List.of(
                new RunReport.Assumption(
                        plan.powerCut()
                                ? "A power cut loses every byte and every name that was not synced, and nothing else"
                                : "A killed process loses what it has not handed to the system, and nothing else",
                        plan.powerCut() ? "strict reading of POSIX" : "Linux",
                        RunReport.Assumption.Kind.ASSUMPTION),
                new RunReport.Assumption(
                        "Edges send as fast as they are answered, so that latencies say nothing about a load",
                        "how this command works",
                        RunReport.Assumption.Kind.DERIVED),
                new RunReport.Assumption(
                        "A fact whose content changed counts as missing",
                        "how this command works",
                        RunReport.Assumption.Kind.DERIVED),
                new RunReport.Assumption(
                        "Facts are compared byte by byte with what was sent; what standings follow is not judged",
                        "how this command works",
                        RunReport.Assumption.Kind.DERIVED));
    }

    private static jp.kakunin.load.report.Machine machine(Machine machine) {
        return new jp.kakunin.load.report.Machine(
                machine.processor(),
                machine.processors(),
                machine.memoryMiB(),
                machine.kernel(),
                machine.java(),
                machine.flags(),
                machine.disk(),
                machine.fsyncMicros(),
                machine.fsyncMicrosP99(),
                machine.load1());
    }

    private String text(RunReport result) throws IOException {
        RunReport.Verification verification = result.verification();
        return String.format(
                Locale.ROOT,
                "%s: %s%nacknowledged %d facts, missing %d, doubled %d%nreport    %s",
                result.isPassed() ? "passed" : "FAILED: " + String.join("; ", result.problems()),
                result.scenario().title(),
                result.counts().acknowledged(),
                verification == null ? -1 : verification.missing(),
                verification == null ? -1 : verification.doubled(),
                report.resolve(ReportFiles.PAGE).toAbsolutePath().normalize());
    }

    /// Ctrl-C: the run ends after the kill under way, and the JVM stays until the report is written.
    private void interrupt(CountDownLatch finished) {
        KillRun run = running.get();
        if (run == null) {
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
