package jp.kakunin.load.report;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The figures of a report as text, row by row, in the order of the page's columns. Public where the template looks.
final class Tables {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'JST'", Locale.ROOT).withZone(JAPAN);

    /// What a table shows of them; all are in the JSON and in the charts.
    private static final int OUTAGE_ROWS_MAX = 40;

    private final RunReport report;

    Tables(RunReport report) {
        this.report = report;
    }

    public String begun() {
        return MINUTE.format(report.scenario().begun());
    }

    public String duration() {
        return Numbers.duration(report.scenario().duration());
    }

    public String size() {
        RunReport.Scenario scenario = report.scenario();
        return Numbers.count(scenario.edges()) + " edges"
                + (scenario.scale() > 0
                        ? ", " + Numbers.percent(scenario.scale()) + " of the nation, speed ×"
                                + Numbers.figure(scenario.speed())
                        : "");
    }

    public String planned() {
        return Numbers.count(report.counts().planned());
    }

    public String acknowledged() {
        return Numbers.count(report.counts().acknowledged());
    }

    public String offeredPerSecond() {
        double seconds = Numbers.seconds(report.scenario().duration());
        return seconds > 0 ? Numbers.figure(report.counts().planned() / seconds) : "unknown";
    }

    public String servedPerSecond() {
        return Numbers.figure(report.rates().servedPerSecond());
    }

    public String exactlyOnce() {
        RunReport.@Nullable Verification verification = report.verification();
        return verification == null ? "nothing" : Numbers.count(verification.exactlyOnce());
    }

    public String wrong() {
        RunReport.@Nullable Verification verification = report.verification();
        return verification == null ? "unknown" : Numbers.count(verification.wrong());
    }

    /// How many assumptions of each kind.
    public Map<RunReport.Assumption.Kind, Integer> kinds() {
        var kinds = new EnumMap<RunReport.Assumption.Kind, Integer>(RunReport.Assumption.Kind.class);
        for (RunReport.Assumption.Kind kind : RunReport.Assumption.Kind.values()) {
            kinds.put(kind, 0);
        }
        report.assumptions().forEach(each -> kinds.merge(each.kind(), 1, Integer::sum));
        return kinds;
    }

    /// Name, aim, measured; whether it is met stands beside.
    public List<ObjectiveRow> objectives() {
        return report.objectives().stream()
                .map(each -> new ObjectiveRow(
                        each.name(),
                        (each.bound() == RunReport.Objective.Bound.AT_LEAST ? "≥ " : "≤ ")
                                + Numbers.figure(each.aim())
                                + " "
                                + each.unit(),
                        each.measured() == null ? "not measured" : Numbers.figure(each.measured()) + " " + each.unit(),
                        each.isPassed()))
                .toList();
    }

    record ObjectiveRow(String name, String aim, String measured, boolean passed) {}

    public List<String> percentiles() {
        return Stream.concat(Percentile.TABLE.stream().map(Percentile::name), Stream.of("max"))
                .toList();
    }

    public List<List<String>> latencies() {
        return report.latencies().stream().map(Tables::latency).toList();
    }

    private static List<String> latency(RunReport.Latency latency) {
        List<String> row = new ArrayList<>(List.of(latency.name() + ": " + latency.meaning()));
        row.add(Numbers.count(latency.histogram().getTotalCount()));
        Percentile.TABLE.forEach(percentile -> row.add(Numbers.figure(latency.millisAt(percentile.value()))));
        row.add(Numbers.figure(latency.millisMax()));
        return row;
    }

    public List<List<String>> outages() {
        return report.outages().stream()
                .limit(OUTAGE_ROWS_MAX)
                .map(each -> List.of(
                        each.what(),
                        each.cause(),
                        Numbers.duration(each.from()),
                        Numbers.duration(each.to()),
                        Numbers.duration(each.to().minus(each.from()))))
                .toList();
    }

    public int outagesLeftOut() {
        return Math.max(0, report.outages().size() - OUTAGE_ROWS_MAX);
    }

    public List<List<String>> milestones() {
        return report.milestones().stream()
                .map(each -> List.of(each.name(), Numbers.duration(each.at())))
                .toList();
    }

    /// Meaning and value of what the scenario is about.
    public List<List<String>> measured() {
        return report.measured().stream()
                .map(each -> List.of(
                        each.meaning(),
                        each.value() == null ? "not measured" : Numbers.figure(each.value()) + " " + each.unit()))
                .toList();
    }

    public List<List<String>> examples() {
        RunReport.@Nullable Verification verification = report.verification();
        return verification == null
                ? List.of()
                : verification.examples().stream()
                        .map(each -> List.of(each.kind(), each.check(), each.clinic(), each.expected(), each.found()))
                        .toList();
    }

    /// Line by line.
    public String storeSaid() {
        RunReport.@Nullable Store store = report.store();
        return store == null ? "" : String.join("\n", store.said());
    }

    public List<List<String>> errors() {
        return report.errors().entrySet().stream()
                .map(each -> List.of(each.getKey(), Numbers.count(each.getValue())))
                .toList();
    }

    public String lateAfter() {
        return Numbers.figure(report.generator().lateAfterMillis());
    }

    /// The tester's own hiccups in milliseconds, at the percentiles and the maximum.
    public List<List<String>> hiccups() {
        RunReport.Generator generator = report.generator();
        if (generator.hiccups().getTotalCount() == 0) {
            return List.of();
        }
        List<String> row = Stream.concat(
                        Percentile.TABLE.stream()
                                .map(each -> (double) generator.hiccups().getValueAtPercentile(each.value())),
                        Stream.of((double) generator.hiccups().getMaxValue()))
                .map(each -> Numbers.figure(generator.unit().millis(each)))
                .toList();
        return List.of(Stream.concat(Stream.of("Timer"), row.stream()).toList());
    }

    /// Name, CPU seconds, processors busy on average, microseconds per check, most memory.
    public List<List<String>> processes() {
        double seconds = Numbers.seconds(report.scenario().duration());
        long checks = report.counts().acknowledged();
        return report.processes().stream()
                .map(each -> List.of(
                        each.name(),
                        Numbers.figure(each.cpuSeconds()),
                        seconds > 0 ? Numbers.figure(each.cpuSeconds() / seconds) : "unknown",
                        checks > 0 ? Numbers.figure(each.cpuSeconds() * 1e6 / checks) : "unknown",
                        Numbers.count(each.residentMebibytesMax())))
                .toList();
    }

    public List<List<String>> thirds() {
        RunReport.@Nullable SteadyState steady = report.steadyState();
        return steady == null
                ? List.of()
                : List.of(
                        List.of(
                                "checks/s",
                                Numbers.figure(steady.first().achievedPerSecond()),
                                Numbers.figure(steady.last().achievedPerSecond())),
                        List.of(
                                "p50 ms",
                                Numbers.figure(steady.first().p50Millis()),
                                Numbers.figure(steady.last().p50Millis())),
                        List.of(
                                "p99 ms",
                                Numbers.figure(steady.first().p99Millis()),
                                Numbers.figure(steady.last().p99Millis())));
    }

    public String driftMax() {
        return Numbers.percent(RunReport.SteadyState.DRIFT_MAX);
    }

    /// Figure, this run, median, least and most of the repeats.
    public List<List<String>> repeats() {
        List<List<String>> rows = new ArrayList<>();
        for (Figure figure : Figure.of(report)) {
            Spread spread = Spread.of(report.repeats(), figure.name());
            if (spread != null) {
                rows.add(List.of(
                        figure.name(),
                        Numbers.figure(figure.value()),
                        Numbers.figure(spread.median()),
                        Numbers.figure(spread.least()),
                        Numbers.figure(spread.most())));
            }
        }
        return rows;
    }

    public List<List<String>> machine() {
        Machine machine = report.machine();
        RunReport.Versions versions = report.versions();
        List<List<String>> rows = new ArrayList<>(List.of(
                List.of("Processor", machine.processor() + ", " + machine.processors() + " processors"),
                List.of("Memory", Numbers.count(machine.memoryMebibytes()) + " MiB"),
                List.of("Kernel", machine.kernel()),
                List.of(
                        "Disk",
                        machine.disk() + ", fsync of 512 bytes: median " + Numbers.count(machine.fsyncMicros())
                                + " µs, p99 " + Numbers.count(machine.fsyncMicrosP99()) + " µs"),
                List.of("Run queue when it began", Numbers.figure(machine.load1())),
                List.of("Java", machine.java() + " " + String.join(" ", machine.flags())),
                List.of("Kakunin", versions.kakunin() + ", revision " + versions.revision()),
                List.of("Seed", String.valueOf(report.scenario().seed()))));
        versions.libraries().forEach((name, version) -> rows.add(List.of(name, version)));
        return rows;
    }

    public List<List<String>> assumptions() {
        return report.assumptions().stream()
                .map(each -> List.of(each.kind().name().toLowerCase(Locale.ROOT), each.text(), each.source()))
                .toList();
    }

    public String count(long number) {
        return Numbers.count(number);
    }
}
