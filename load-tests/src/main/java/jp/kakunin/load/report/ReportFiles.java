package jp.kakunin.load.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/// The folder that a run leaves behind:
///
///     report.html       for people; one file, needs nothing else
///     report.json       for programs, and for `load compare`
///     NAME.hgrm         percentiles of each latency in milliseconds, as HdrHistogram's plotters read them
///     NAME.hlog         the same histograms whole, as HdrHistogram's log tools read them
///     hiccups.hgrm      and .hlog: by how much the tester itself woke too late
public final class ReportFiles {
    public static final String JSON = "report.json";
    public static final String PAGE = "report.html";

    private static final int HGRM_TICKS_PER_HALF = 5;

    private ReportFiles() {}

    public static void write(RunReport report, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(JSON), ReportJson.encode(report));
        Files.writeString(folder.resolve(PAGE), ReportPage.of(report));
        for (RunReport.Latency latency : report.latencies()) {
            write(report.scenario(), latency.name(), latency.unit(), latency.histogram(), folder);
        }
        RunReport.Generator generator = report.generator();
        write(report.scenario(), "hiccups", generator.unit(), generator.hiccups(), folder);
    }

    /// @param place the file, or the folder that holds it
    public static RunReport read(Path place) throws IOException {
        Path file = Files.isDirectory(place) ? place.resolve(JSON) : place;
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no report at " + file + ": name a report.json or the folder it is in");
        }
        return ReportJson.decode(Files.readString(file), file.toString());
    }

    private static void write(
            RunReport.Scenario scenario, String name, RunReport.Unit unit, Histogram histogram, Path folder)
            throws IOException {
        try (PrintStream out = new PrintStream(folder.resolve(name + ".hgrm").toFile(), StandardCharsets.UTF_8)) {
            histogram.outputPercentileDistribution(out, HGRM_TICKS_PER_HALF, 1 / unit.millis(1));
        }
        try (PrintStream out = new PrintStream(folder.resolve(name + ".hlog").toFile(), StandardCharsets.UTF_8)) {
            HistogramLogWriter log = new HistogramLogWriter(out);
            Histogram whole = histogram.copy();
            whole.setStartTimeStamp(scenario.begun().toEpochMilli());
            whole.setEndTimeStamp(scenario.begun().plus(scenario.duration()).toEpochMilli());
            for (String comment : List.of(scenario.name() + ", seed " + scenario.seed(), "unit: " + unit)) {
                log.outputComment(comment);
            }
            log.outputLogFormatVersion();
            log.outputLegend();
            log.outputIntervalHistogram(whole);
        }
    }
}
