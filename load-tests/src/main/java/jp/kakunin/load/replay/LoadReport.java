package jp.kakunin.load.replay;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;

/// What a load test found, as text, as JSON, and as the histograms themselves.
///
/// @param seconds for which facts were offered
/// @param findings null when nothing could be read back
public record LoadReport(
        Instant begun,
        LoadPlan plan,
        double seconds,
        Gauge.Counts counts,
        Histogram live,
        Histogram backlog,
        DataCheck.@Nullable Findings findings,
        Machine machine) {
    private static final double MILLI = 1_000;
    private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9);
    private static final int HGRM_TICKS_PER_HALF = 5;

    public boolean isGood() {
        return findings != null && findings.isGood();
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "plan      %d edges, %.0f facts/s for %d s, batches of %d, %.0f %% live, %s, seed %d%n",
                plan.edges(),
                plan.rate(),
                plan.duration().toSeconds(),
                plan.batch(),
                plan.liveShare() * 100,
                plan.spread(),
                plan.seed()));
        text.append(machine.text());
        text.append(String.format(
                Locale.ROOT, "offered   %d facts, %.0f/s%n", counts.offered(), counts.offered() / seconds));
        text.append(String.format(
                Locale.ROOT,
                "achieved  %d facts, %.0f/s acknowledged%n",
                counts.acknowledged(),
                counts.acknowledged() / seconds));
        text.append(String.format(
                Locale.ROOT,
                "dropped   %d facts; late: %d pushes began more than %d ms after their time%n",
                counts.dropped(),
                counts.late(),
                Gauge.LATE_MICROS / 1000));
        text.append(String.format(
                Locale.ROOT,
                "busy      %d, resumed %d, errors %s%n",
                counts.busy(),
                counts.resumed(),
                counts.errors()));
        text.append(latencies("live", live)).append(latencies("backlog", backlog));
        return text.append(check()).toString();
    }

    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("report.txt"), text());
        Files.writeString(folder.resolve("report.json"), json().encodePrettily());
        write(folder, "live", live);
        write(folder, "backlog", backlog);
    }

    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("begun", begun.toString())
                .put("edges", plan.edges())
                .put("rate", plan.rate())
                .put("batch", plan.batch())
                .put("liveShare", plan.liveShare())
                .put("spread", plan.spread().name())
                .put("seed", plan.seed())
                .put("seconds", seconds)
                .put("machine", machine.json())
                .put("offered", counts.offered())
                .put("offeredPerSecond", counts.offered() / seconds)
                .put("acknowledged", counts.acknowledged())
                .put("acknowledgedPerSecond", counts.acknowledged() / seconds)
                .put("dropped", counts.dropped())
                .put("late", counts.late())
                .put("busy", counts.busy())
                .put("resumed", counts.resumed())
                .put("errors", new JsonObject(Map.copyOf(counts.errors())))
                .put("liveMillis", percentiles(live))
                .put("backlogMillis", percentiles(backlog))
                .put("good", isGood());
        if (findings != null) {
            json.put(
                    "check",
                    new JsonObject()
                            .put("checked", findings.checked())
                            .put("missing", findings.missing())
                            .put("doubled", findings.doubled())
                            .put("strange", findings.strange())
                            .put("changed", findings.changed())
                            .put("unknown", findings.unknown())
                            .put("unknownStored", findings.unknownStored())
                            .put("named", new JsonArray(findings.named())));
        }
        return json;
    }

    private String check() {
        if (findings == null) {
            return "check     FAILED: what the hub holds could not be read back\n";
        }
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "check     %s: %d acknowledged facts read back; missing %d, doubled %d, strange %d, changed %d%n",
                findings.isGood() ? "good" : "FAILED",
                findings.checked(),
                findings.missing(),
                findings.doubled(),
                findings.strange(),
                findings.changed()));
        text.append(String.format(
                Locale.ROOT,
                "unknown   %d facts were never acknowledged, %d of them are stored%n",
                findings.unknown(),
                findings.unknownStored()));
        findings.named().forEach(each -> text.append("          ").append(each).append('\n'));
        return text.toString();
    }

    private static String latencies(String name, Histogram micros) {
        if (micros.getTotalCount() == 0) {
            return "";
        }
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-9s", name));
        for (double percentile : PERCENTILES) {
            text.append(String.format(
                    Locale.ROOT, " p%s %.1f ms", number(percentile), micros.getValueAtPercentile(percentile) / MILLI));
        }
        text.append(String.format(
                Locale.ROOT,
                " max %.1f ms, from the intended start to the acknowledgement%n",
                micros.getMaxValue() / MILLI));
        return text.toString();
    }

    private static JsonObject percentiles(Histogram micros) {
        JsonObject json = new JsonObject().put("count", micros.getTotalCount());
        for (double percentile : PERCENTILES) {
            json.put("p" + number(percentile), micros.getValueAtPercentile(percentile) / MILLI);
        }
        return json.put("max", micros.getMaxValue() / MILLI);
    }

    private static String number(double percentile) {
        return percentile == Math.rint(percentile) ? String.valueOf((int) percentile) : String.valueOf(percentile);
    }

    private void write(Path folder, String name, Histogram micros) throws IOException {
        try (PrintStream out = new PrintStream(folder.resolve(name + ".hgrm").toFile(), StandardCharsets.UTF_8)) {
            micros.outputPercentileDistribution(out, HGRM_TICKS_PER_HALF, MILLI);
        }
        try (PrintStream out = new PrintStream(folder.resolve(name + ".hlog").toFile(), StandardCharsets.UTF_8)) {
            HistogramLogWriter log = new HistogramLogWriter(out);
            micros.setStartTimeStamp(begun.toEpochMilli());
            micros.setEndTimeStamp(begun.plusMillis((long) (seconds * MILLI)).toEpochMilli());
            log.outputLogFormatVersion();
            log.outputLegend();
            log.outputIntervalHistogram(micros);
        }
    }
}
