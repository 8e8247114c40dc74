package jp.kakunin.load.micro;

import static jp.kakunin.load.ExitCode.OK;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import jp.kakunin.load.Launcher;
import jp.kakunin.load.bench.BenchReport;
import jp.kakunin.load.replay.Machine;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Single operations under JMH, each told as a multiple of the plain operation it cannot do without.
@Command(
        name = "micro",
        customSynopsis = "./kakunin load bench micro [OPTIONS]",
        mixinStandardHelpOptions = true,
        version = "Kakunin 0.1.0",
        description = {
            "Measure codec, fold, seal and chain by JMH, each beside the plain operation it cannot",
            "do without: the same bytes copied, enciphered or hashed. The ratio says more than the",
            "nanoseconds, and other machines can repeat it."
        })
public final class MicroCommand implements Callable<Integer> {
    private static final String PLAIN = ".plain";

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            defaultValue = "Codec|Fold|Seal|Chain",
            description = "Of the benchmarks' names (default: ${DEFAULT-VALUE}).")
    private String only = "";

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "1",
            description = "Of one iteration (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            defaultValue = "5",
            description = "That count, after as many that do not, in each fork (default: ${DEFAULT-VALUE}).")
    private int iterations;

    @Option(
            names = "--forks",
            paramLabel = "N",
            defaultValue = "2",
            description = "Java machines, one after the other (default: ${DEFAULT-VALUE}).")
    private int forks;

    @Mixin
    private BenchReport report = new BenchReport();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Path home = Launcher.path().resolveSibling(".");
        PrintWriter out = spec.commandLine().getOut();
        Machine machine = Machine.look(Path.of(System.getProperty("java.io.tmpdir")), home);
        out.print(machine.text());
        out.flush();
        Options options = new OptionsBuilder()
                .include("jp\\.kakunin\\.load\\.micro\\.(" + only + ")Benchmark")
                .warmupIterations(iterations)
                .warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.seconds(seconds))
                .forks(forks)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        Collection<RunResult> results = new Runner(options).run();
        StringBuilder text = new StringBuilder(
                String.format("%n%-28s %12s %22s %9s%n", "operation", "ns, mean", "least to most", "× plain"));
        JsonArray figures = new JsonArray();
        for (RunResult each : results) {
            Statistics nanos = each.getPrimaryResult().getStatistics();
            Optional<Double> ratio = plain(each, results).map(plain -> nanos.getMean() / plain);
            text.append(String.format(
                    Locale.ROOT,
                    "%-28s %12.1f %22s %9s%n",
                    name(each.getParams()),
                    nanos.getMean(),
                    String.format(Locale.ROOT, "%.1f to %.1f", nanos.getMin(), nanos.getMax()),
                    ratio.map(value -> String.format(Locale.ROOT, "%.2f", value))
                            .orElse("-")));
            JsonObject figure = new JsonObject()
                    .put("operation", name(each.getParams()))
                    .put("nanos", nanos.getMean())
                    .put("least", nanos.getMin())
                    .put("most", nanos.getMax());
            ratio.ifPresent(value -> figure.put("ratioToPlain", value));
            figures.add(figure);
        }
        report.write(
                "micro", new JsonObject().put("machine", machine.json()).put("figures", figures), text.toString(), out);
        return OK;
    }

    /// What the plain operation of the same benchmark took with the same parameters.
    private static Optional<Double> plain(RunResult of, Collection<RunResult> results) {
        String wanted = benchmark(of.getParams()) + PLAIN + parameters(of.getParams());
        return results.stream()
                .filter(each -> name(each.getParams()).equals(wanted))
                .map(each -> each.getPrimaryResult().getStatistics().getMean())
                .findFirst();
    }

    private static String name(BenchmarkParams params) {
        String full = params.getBenchmark();
        return benchmark(params) + full.substring(full.lastIndexOf('.')) + parameters(params);
    }

    private static String benchmark(BenchmarkParams params) {
        String[] parts = params.getBenchmark().split("\\.");
        return parts[parts.length - 2].replace("Benchmark", "").toLowerCase(Locale.ROOT);
    }

    private static String parameters(BenchmarkParams params) {
        return params.getParamsKeys().stream()
                .map(key -> " " + key + " " + params.getParam(key))
                .reduce("", String::concat);
    }
}
