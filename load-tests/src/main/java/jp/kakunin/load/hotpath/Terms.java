package jp.kakunin.load.hotpath;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import jp.kakunin.load.bench.BenchReport;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What all measurements of the hub at its limit have in common.
final class Terms {
    @Option(
            names = "--clinics",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Clinics, each with a stream of its own (default: ${DEFAULT-VALUE}).")
    private int clinics;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "300",
            description = "How long to measure (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "60",
            description = "Seconds before that, which do not count (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "What the facts say; their ids are new in every run (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private BenchReport report = new BenchReport();

    int clinics() {
        return clinics;
    }

    int seconds() {
        return seconds;
    }

    int warmUp() {
        return warmUp;
    }

    long seed() {
        return seed;
    }

    void write(String name, Rig rig, JsonObject result, String text, List<Aim> aims, PrintWriter out)
            throws IOException {
        StringBuilder all = new StringBuilder(text);
        aims.forEach(aim -> all.append(aim.text()));
        JsonObject whole = new JsonObject()
                .put("machine", rig.machine())
                .put("clinics", clinics)
                .put("warmUpSeconds", warmUp)
                .mergeIn(result)
                .put("aims", new JsonArray(aims.stream().map(Aim::json).toList()));
        report.write(name, whole, all.toString(), out);
    }
}
