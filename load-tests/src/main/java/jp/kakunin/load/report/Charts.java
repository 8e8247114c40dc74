package jp.kakunin.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/// The charts of a report. A long run is drawn in steps of several seconds: rates as their mean, everything else as its
/// worst second, so that thinning out hides no stall.
final class Charts {
    private static final int STEPS_MAX = 600;
    private static final int TICKS_PER_HALF = 5;
    /// What a logarithmic axis shows of a zero.
    private static final double MILLIS_MIN = 0.001;

    private final RunReport report;
    private final List<Chart.Band> bands;
    private final List<Chart.Mark> marks;

    Charts(RunReport report) {
        this.report = report;
        this.bands = report.outages().stream()
                .map(outage -> new Chart.Band(
                        Numbers.seconds(outage.from()),
                        Numbers.seconds(outage.to()),
                        outage.what() + " " + outage.cause()))
                .toList();
        this.marks = report.milestones().stream()
                .filter(milestone -> milestone.at() != null)
                .map(milestone -> new Chart.Mark(at(milestone), milestone.name()))
                .toList();
    }

    Chart rates() {
        return overTime(
                "rates",
                "Checks per second, offered and acknowledged",
                "checks/s",
                List.of("offered", "acknowledged"),
                List.of(report.rates().offered(), report.rates().achieved()),
                values -> values.stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(0));
    }

    List<Chart> fleet() {
        return List.of(
                overTime(
                        "edges",
                        "Edges connected",
                        "edges",
                        List.of("connected"),
                        List.of(doubles(report.fleet().edgesConnected())),
                        Charts::worst),
                overTime(
                        "unsent",
                        "Facts at the edges that are not acknowledged yet",
                        "facts",
                        List.of("unsent"),
                        List.of(doubles(report.fleet().unsentFacts())),
                        Charts::worst));
    }

    List<Chart> latencies() {
        return report.latencies().stream().map(this::latency).toList();
    }

    /// All kinds of waiting in one picture: a line that stays low to the right keeps its promise to the unlucky
    /// too.
    Chart nines() {
        List<RunReport.Latency> measured = report.latencies().stream()
                .filter(latency -> latency.histogram().getTotalCount() > 0)
                .toList();
        var axis = new TreeSet<Double>();
        for (RunReport.Latency latency : measured) {
            for (HistogramIterationValue value : latency.histogram().percentiles(TICKS_PER_HALF)) {
                double left = 100 - value.getPercentileLevelIteratedTo();
                if (left > 0) {
                    axis.add(100 / left);
                }
            }
        }
        List<Double> x = List.copyOf(axis);
        List<Chart.Line> lines = new ArrayList<>();
        for (RunReport.Latency latency : measured) {
            List<@Nullable Double> values = new ArrayList<>();
            x.forEach(rarer -> values.add(nines(latency, rarer)));
            lines.add(new Chart.Line(latency.name(), values));
        }
        return new Chart(
                "nines", "Latency by percentile", Chart.Kind.NINES, "ms", true, x, lines, List.of(), List.of());
    }

    private static double at(RunReport.Milestone milestone) {
        return milestone.at() == null ? 0 : Numbers.seconds(milestone.at());
    }

    /// Nothing beyond the one slowest: no histogram knows more than it has counted.
    private static @Nullable Double nines(RunReport.Latency latency, double rarer) {
        Histogram histogram = latency.histogram();
        return rarer > histogram.getTotalCount() && rarer > 1
                ? null
                : Math.max(MILLIS_MIN, latency.millisAt(100 - 100 / rarer));
    }

    private Chart latency(RunReport.Latency latency) {
        int last =
                latency.seconds().isEmpty() ? -1 : latency.seconds().getLast().second();
        return overTime(
                "latency-" + latency.name(),
                "Latency over time: " + latency.name() + ", " + latency.meaning(),
                "ms",
                List.of("max", "p99", "p50"),
                List.of(
                        bySecond(latency, last, RunReport.LatencySecond::max),
                        bySecond(latency, last, RunReport.LatencySecond::p99),
                        bySecond(latency, last, RunReport.LatencySecond::p50)),
                Charts::worst);
    }

    private static List<@Nullable Double> bySecond(
            RunReport.Latency latency, int last, ToDoubleFunction<RunReport.LatencySecond> figure) {
        List<@Nullable Double> values = new ArrayList<>();
        IntStream.rangeClosed(0, last).forEach(_ -> values.add(null));
        for (RunReport.LatencySecond second : latency.seconds()) {
            values.set(second.second(), Math.max(MILLIS_MIN, figure.applyAsDouble(second)));
        }
        return values;
    }

    private Chart overTime(
            String id,
            String title,
            String unit,
            List<String> labels,
            List<? extends List<? extends @Nullable Double>> series,
            ToDoubleFunction<List<Double>> together) {
        int measured = series.stream().mapToInt(List::size).max().orElse(0);
        int seconds = measured == 0 ? 0 : Math.max(measured, seconds());
        int step = Math.max(1, Math.ceilDiv(seconds, STEPS_MAX));
        List<Double> x = new ArrayList<>();
        for (int second = 0; second < seconds; second += step) {
            x.add((double) second);
        }
        List<Chart.Line> lines = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            lines.add(new Chart.Line(labels.get(i), steps(series.get(i), x.size(), step, together)));
        }
        return new Chart(id, title, Chart.Kind.TIME, unit, unit.equals("ms"), x, lines, bands, marks);
    }

    private static List<@Nullable Double> steps(
            List<? extends @Nullable Double> values, int steps, int step, ToDoubleFunction<List<Double>> together) {
        List<@Nullable Double> result = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            List<Double> there = new ArrayList<>();
            for (int second = i * step; second < Math.min(values.size(), (i + 1) * step); second++) {
                @Nullable Double value = values.get(second);
                if (value != null) {
                    there.add(value);
                }
            }
            result.add(there.isEmpty() ? null : together.applyAsDouble(there));
        }
        return result;
    }

    /// All charts over time are as wide as the run, so that they can be read below each other.
    private int seconds() {
        return Math.max(
                report.rates().offered().size(), report.fleet().unsentFacts().size());
    }

    private static double worst(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    private static List<Double> doubles(List<Long> values) {
        return values.stream().map(Long::doubleValue).toList();
    }
}
