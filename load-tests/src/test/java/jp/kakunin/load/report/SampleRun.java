package jp.kakunin.load.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// A report with something in every part: a hub away from second 120 to 180 of ten minutes. Made up, the same for the
/// same seed.
public final class SampleRun {
    static final Machine MACHINE =
            new Machine("Processor X", 2, 7_936, "Linux 6.1", "OpenJDK 25", List.of("-Xmx1g"), "ext4", 205, 900, 0.4);

    private static final int SECONDS = 600;
    private static final int AWAY_FROM = 120;
    private static final int AWAY_TO = 180;
    private static final long MICROS_MAX = 600_000_000;

    private SampleRun() {}

    /// Everything is met.
    public static RunReport good() {
        return of(1, good -> good);
    }

    /// Checks are lost, one objective is missed, the tester was not up to it.
    public static RunReport bad() {
        return of(
                2,
                good -> new RunReport.Verification(
                        good.acknowledged(),
                        good.acknowledged() - 3,
                        2,
                        1,
                        0,
                        0,
                        0,
                        4,
                        3,
                        List.of(
                                new RunReport.Example(
                                        "missing",
                                        "0192f3a0-0000-7000-8000-000000000001",
                                        "1390000011",
                                        "once",
                                        "not at all"),
                                new RunReport.Example(
                                        "doubled",
                                        "0192f3a0-0000-7000-8000-000000000002",
                                        "1390000029",
                                        "once",
                                        "twice </script><b>"))));
    }

    static RunReport of(long seed, UnaryOperator<RunReport.Verification> verified) {
        var random = new Random(seed);
        boolean good = seed == 1;
        List<Double> offered = new ArrayList<>();
        List<Double> achieved = new ArrayList<>();
        List<Long> connected = new ArrayList<>();
        List<Long> unsent = new ArrayList<>();
        List<RunReport.LatencySecond> live = new ArrayList<>();
        List<RunReport.LatencySecond> drained = new ArrayList<>();
        Histogram liveMicros = new Histogram(MICROS_MAX, 3);
        Histogram drainedMicros = new Histogram(MICROS_MAX, 3);
        long waiting = 0;
        long planned = 0;
        long acknowledged = 0;
        for (int second = 0; second < SECONDS; second++) {
            long now = 180L + random.nextInt(40);
            boolean away = second >= AWAY_FROM && second < AWAY_TO;
            long taken = away ? 0 : Math.min(now + waiting, second < AWAY_TO + 60 ? 400 : 100_000);
            waiting += now - taken;
            planned += now;
            acknowledged += taken;
            offered.add((double) now);
            achieved.add((double) taken);
            connected.add(away ? 0 : second < AWAY_TO ? 61_000L : Math.min(61_000L, (second - AWAY_TO) * 1_000L));
            unsent.add(waiting);
            if (!away) {
                live.add(second(second, taken, 4_000, random, liveMicros));
                if (waiting > 0) {
                    drained.add(second(second, taken, 30_000_000, random, drainedMicros));
                }
            }
        }
        Histogram hiccups = new Histogram(MICROS_MAX, 3);
        for (int i = 0; i < 60_000; i++) {
            hiccups.recordValue(50 + (long) (random.nextDouble() * random.nextDouble() * 900));
        }
        double p99 = liveMicros.getValueAtPercentile(99) / 1e3;
        return new RunReport(
                RunReport.FORMAT,
                new RunReport.Scenario(
                        "L10",
                        "the hub is away nationally, and all edges return with a day's facts",
                        1,
                        60,
                        61_000,
                        seed,
                        Instant.parse("2026-11-22T03:00:00Z"),
                        Duration.ofSeconds(SECONDS),
                        false),
                MACHINE,
                new RunReport.Versions("0.1.0", "c0ffee1", Map.of("RocksDB", "10.2.1", "Vert.x", "5.0.12")),
                List.of(
                        assumption(
                                "61,000 clinics take part",
                                "public list of clinics",
                                RunReport.Assumption.Kind.MEASURED),
                        assumption(
                                "200 checks per second at the peak",
                                "15 checks per clinic and day, 20 % in the peak hour",
                                RunReport.Assumption.Kind.DERIVED),
                        assumption("an outage lasts four hours", "chosen", RunReport.Assumption.Kind.ASSUMPTION)),
                new RunReport.Counts(planned, planned, good ? 0 : 812, 0, 0, acknowledged, 0, planned - acknowledged),
                new RunReport.Rates(offered, achieved),
                List.of(
                        new RunReport.Latency(
                                "live",
                                "intended time to acknowledgement",
                                RunReport.Unit.MICROSECONDS,
                                liveMicros,
                                live),
                        new RunReport.Latency(
                                "backlog",
                                "recorded to acknowledged",
                                RunReport.Unit.MICROSECONDS,
                                drainedMicros,
                                drained)),
                new RunReport.Generator(RunReport.Unit.MICROSECONDS, hiccups, 10),
                List.of(
                        new RunReport.ProcessUse("hub", 312.4, 1_210),
                        new RunReport.ProcessUse("generator", 401.9, 890)),
                good ? Map.of("BUSY", 1_204L) : Map.of("BUSY", 1_204L, "ConnectException", 61_004L),
                List.of(new RunReport.Outage(
                        "hub", "killed", Duration.ofSeconds(AWAY_FROM), Duration.ofSeconds(AWAY_TO))),
                new RunReport.Fleet(connected, unsent, 122_000, 60_500),
                List.of(
                        new RunReport.Milestone("all edges connected", Duration.ofSeconds(241)),
                        new RunReport.Milestone("outboxes empty", Duration.ofMillis(301_500)),
                        new RunReport.Milestone("all answered", good ? Duration.ofSeconds(420) : null)),
                List.of(
                        new RunReport.Measured("reads", "patient-months read", 1_260.0, "reads"),
                        new RunReport.Measured("shown", "until the last was shown", good ? 1.5 : null, "s")),
                List.of(
                        new RunReport.Objective(
                                "live p99", RunReport.Objective.Bound.AT_MOST, good ? 25 : 5, "ms", p99),
                        new RunReport.Objective(
                                "all edges connected", RunReport.Objective.Bound.AT_MOST, 300, "s", 61.0),
                        new RunReport.Objective(
                                "all answered", RunReport.Objective.Bound.AT_MOST, 360, "s", good ? 240.0 : null)),
                verified.apply(new RunReport.Verification(acknowledged, acknowledged, 0, 0, 0, 0, 0, 0, 0, List.of())),
                new RunReport.Store(
                        good,
                        good
                                ? List.of("facts            1,260 examined         0 different")
                                : List.of(
                                        "clinic 1390000011, month 2026-11, position 3: summary differs from its facts")),
                new RunReport.SteadyState(
                        new RunReport.SteadyState.Third(200.1, 4.1, 9.8),
                        new RunReport.SteadyState.Third(199.2, 4.2, 11.4)),
                repeats(seed, acknowledged / (double) SECONDS, p99));
    }

    private static List<RunReport.Repeat> repeats(long seed, double rate, double p99) {
        List<RunReport.Repeat> repeats = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            repeats.add(new RunReport.Repeat(
                    i, seed + i, true, Map.of("acknowledged checks/s", rate + i - 2, "live p99 ms", p99 + i * 0.4)));
        }
        return repeats;
    }

    private static RunReport.Assumption assumption(String text, String source, RunReport.Assumption.Kind kind) {
        return new RunReport.Assumption(text, source, kind);
    }

    private static RunReport.LatencySecond second(
            int second, long count, double typical, RandomGenerator random, Histogram all) {
        Histogram one = new Histogram(MICROS_MAX, 3);
        for (long i = 0; i < count; i++) {
            one.recordValue((long) Math.min(MICROS_MAX, typical * Math.exp(random.nextGaussian() * 0.5)));
        }
        all.add(one);
        return new RunReport.LatencySecond(
                second,
                count,
                one.getValueAtPercentile(50) / 1e3,
                one.getValueAtPercentile(99) / 1e3,
                one.getMaxValue() / 1e3);
    }

    /// The same run on another machine.
    static RunReport on(Machine machine, RunReport run) {
        return with(run, machine, run.generator(), run.verification(), run.objectives());
    }

    static RunReport unverified(RunReport run) {
        return with(run, run.machine(), run.generator(), null, run.objectives());
    }

    static RunReport withoutObjectives(RunReport run) {
        return with(run, run.machine(), run.generator(), run.verification(), List.of());
    }

    /// Each check was sent after the one before was answered.
    static RunReport closed(RunReport run) {
        var none = new RunReport.Generator(RunReport.Unit.MICROSECONDS, new Histogram(MICROS_MAX, 3), 0);
        return with(run, run.machine(), none, run.verification(), run.objectives());
    }

    private static RunReport with(
            RunReport run,
            Machine machine,
            RunReport.Generator generator,
            RunReport.@Nullable Verification verification,
            List<RunReport.Objective> objectives) {
        return new RunReport(
                run.format(),
                run.scenario(),
                machine,
                run.versions(),
                run.assumptions(),
                run.counts(),
                run.rates(),
                run.latencies(),
                generator,
                run.processes(),
                run.errors(),
                run.outages(),
                run.fleet(),
                run.milestones(),
                run.measured(),
                objectives,
                verification,
                run.store(),
                run.steadyState(),
                run.repeats());
    }
}
