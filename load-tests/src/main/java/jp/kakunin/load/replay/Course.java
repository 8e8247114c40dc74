package jp.kakunin.load.replay;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jp.kakunin.load.report.RunReport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/// What the gauge shows, second by second. Each latency also goes to `NAME.intervals.hlog`, one interval a second.
final class Course implements AutoCloseable {
    private final Gauge gauge;
    private final Map<String, Series> series = new LinkedHashMap<>();
    private final Series hiccups;
    private final List<Double> achieved = new ArrayList<>();
    private final List<Long> connected = new ArrayList<>();
    private final List<Long> unsent = new ArrayList<>();
    private long acknowledgedBefore;

    Course(Gauge gauge, Path folder) throws IOException {
        this.gauge = gauge;
        Files.createDirectories(folder);
        series.put("live", new Series("live", "from the patient's coming to the acknowledgement", gauge.live, folder));
        series.put(
                "answer",
                new Series(
                        "answer",
                        "from the patient's coming to the authority's answer at the edge",
                        gauge.answers,
                        folder));
        series.put(
                "waiting",
                new Series(
                        "waiting",
                        "from the hub's return to the acknowledgement, where a patient was waiting",
                        gauge.waiting,
                        folder));
        series.put(
                "backlog",
                new Series(
                        "backlog", "from the recording to the acknowledgement, nobody waiting", gauge.backlog, folder));
        series.put(
                "fresh",
                new Series(
                        "fresh",
                        "from the patient's coming to the authority's answer, of those who came after what was away was back",
                        gauge.fresh,
                        folder));
        series.put(
                "history",
                new Series(
                        "history", "from the intended time of a read to the patient's month", gauge.history, folder));
        hiccups = new Series("hiccups", "by how much the tester woke too late", gauge.hiccups, folder);
    }

    /// Once a second.
    void sample() {
        int second = achieved.size();
        series.values().forEach(each -> each.sample(second));
        hiccups.sample(second);
        long acknowledged = gauge.acknowledgedVisits();
        achieved.add((double) (acknowledged - acknowledgedBefore));
        acknowledgedBefore = acknowledged;
        connected.add((long) gauge.edgesConnected());
        unsent.add(gauge.unsent());
    }

    List<Double> achieved() {
        return achieved;
    }

    RunReport.Fleet fleet() {
        return new RunReport.Fleet(connected, unsent, gauge.handshakes(), gauge.resumed());
    }

    Map<String, Histogram> totals() {
        Map<String, Histogram> totals = new LinkedHashMap<>();
        series.forEach((name, each) -> totals.put(name, each.total));
        return totals;
    }

    Histogram hiccups() {
        return hiccups.total;
    }

    /// Those in which anything was measured.
    List<RunReport.Latency> latencies() {
        return series.values().stream()
                .filter(each -> each.total.getTotalCount() > 0)
                .map(each -> new RunReport.Latency(
                        each.name, each.meaning, RunReport.Unit.MICROSECONDS, each.total, each.seconds))
                .toList();
    }

    /// The first third of the seconds in which live checks were acknowledged, beside the last.
    RunReport.@Nullable SteadyState steadyState(int fromSecond, int toSecond) {
        int third = (toSecond - fromSecond) / 3;
        Series live = series.get("live");
        if (third < 2 || live == null || live.seconds.isEmpty()) {
            return null;
        }
        return new RunReport.SteadyState(
                third(live, fromSecond, fromSecond + third), third(live, toSecond - third, toSecond));
    }

    private RunReport.SteadyState.Third third(Series live, int from, int to) {
        List<RunReport.LatencySecond> within = live.seconds.stream()
                .filter(each -> each.second() >= from && each.second() < to)
                .toList();
        double rate = achieved.subList(Math.min(from, achieved.size()), Math.min(to, achieved.size())).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
        return new RunReport.SteadyState.Third(
                rate,
                middle(within.stream().map(RunReport.LatencySecond::p50)),
                middle(within.stream().map(RunReport.LatencySecond::p99)));
    }

    /// Of the seconds' own percentiles: a histogram for each second of a day would not fit.
    private static double middle(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }

    @Override
    public void close() {
        series.values().forEach(Series::close);
        hiccups.close();
    }

    private static final class Series {
        final String name;
        final String meaning;
        final Recorder recorder;
        final Histogram total = new Histogram(Gauge.MICROS_MAX, 3);
        final List<RunReport.LatencySecond> seconds = new ArrayList<>();
        final PrintStream out;
        final HistogramLogWriter log;

        Series(String name, String meaning, Recorder recorder, Path folder) throws IOException {
            this.name = name;
            this.meaning = meaning;
            this.recorder = recorder;
            out = new PrintStream(folder.resolve(name + ".intervals.hlog").toFile(), StandardCharsets.UTF_8);
            log = new HistogramLogWriter(out);
            log.outputComment(name + ": " + meaning + ", in microseconds");
            log.outputLogFormatVersion();
            log.outputLegend();
        }

        void sample(int second) {
            Histogram interval = recorder.getIntervalHistogram();
            if (interval.getTotalCount() > 0) {
                total.add(interval);
                log.outputIntervalHistogram(interval);
                seconds.add(new RunReport.LatencySecond(
                        second,
                        interval.getTotalCount(),
                        interval.getValueAtPercentile(50) / 1e3,
                        interval.getValueAtPercentile(99) / 1e3,
                        interval.getMaxValue() / 1e3));
            }
        }

        void close() {
            out.close();
        }
    }
}
