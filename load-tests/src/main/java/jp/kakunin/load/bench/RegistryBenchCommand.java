package jp.kakunin.load.bench;

import static jp.kakunin.load.ExitCode.OK;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.authority.Registry;
import jp.kakunin.load.Launcher;
import jp.kakunin.load.replay.Machine;
import jp.kakunin.load.report.Spread;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How fast a registry is loaded and asked.
@Command(
        name = "registry",
        mixinStandardHelpOptions = true,
        description = {
            "Loads a registry file of made-up people into the registry's store, then looks people up, beside plain reads from",
            "a RocksDB of its own that takes as many bytes a person on disk, in turns."
        })
final class RegistryBenchCommand implements Callable<Integer> {
    private static final double NANOS = 1e9;
    private static final int CHANGED_PERCENT = 5;
    private static final int LAG_DAYS_MAX = 5;

    /// Spreads consecutive numbers over all serials, so that the file is not sorted by them.
    private static final long SCATTER = 0x9E3779B97F4A7C15L;

    @Option(
            names = "--persons",
            paramLabel = "N",
            defaultValue = "10000000",
            description = "How many people (default: ${DEFAULT-VALUE}).")
    private int persons;

    @Option(
            names = "--lookups",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Look-ups of one round (default: ${DEFAULT-VALUE}).")
    private int lookups;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds that count, after one that does not (default: ${DEFAULT-VALUE}).")
    private int repeats;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "Who is in it (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private BenchReport report = new BenchReport();

    private final InstantSource clock = InstantSource.system();

    @Spec
    private CommandSpec spec;

    private final List<Double> registryP50 = new ArrayList<>();
    private final List<Double> registryP99 = new ArrayList<>();
    private final List<Double> plainP50 = new ArrayList<>();
    private final List<Double> plainP99 = new ArrayList<>();
    private final List<Double> ratio = new ArrayList<>();
    private long lines;

    @Override
    public Integer call() throws Exception {
        Path launcher = Launcher.path();
        PrintWriter out = spec.commandLine().getOut();
        Path work = Files.createTempDirectory("kakunin-registry");
        try {
            Machine machine = Machine.look(work, launcher.resolveSibling("."));
            out.print(machine.text());
            out.flush();
            Path csv = work.resolve("registry.csv");
            long csvBytes = write(csv);
            long begun = System.nanoTime();
            try (Registry registry = Registry.open(csv, work.resolve("registry"))) {
                double seconds = (System.nanoTime() - begun) / NANOS;
                long storeBytes = bytes(work.resolve("registry"));
                out.printf(
                        "loaded    %,d persons, %,d lines (%,d MB of CSV) in %.1f s%n",
                        persons, lines, csvBytes >> 20, seconds);
                out.flush();
                // So that both are as large on disk; random values do not shrink.
                int valueBytes = Math.max(1, (int) (storeBytes / persons) - PlainStore.KEY_BYTES);
                try (PlainStore plain = PlainStore.fill(work.resolve("plain"), persons, valueBytes, seed)) {
                    rounds(registry, plain, out);
                }
                report.write("registry", result(machine, seconds, storeBytes), text(seconds, storeBytes), out);
            }
        } finally {
            delete(work);
        }
        return OK;
    }

    private void rounds(Registry registry, PlainStore plain, PrintWriter out) {
        LocalDate today = TreatmentMonth.dateAt(clock.instant());
        RandomGenerator random = new Random(seed + 1);
        for (int round = 0; round <= repeats; round++) {
            Histogram found = measure(random, person -> {
                Answer answer = registry.byCard(serial(person), today, today);
                if (answer instanceof Answer.NotFound) {
                    throw new IllegalStateException("a person of the registry was not found");
                }
            });
            Histogram read = measure(random, plain::get);
            if (round > 0) {
                registryP50.add(micros(found, 50));
                registryP99.add(micros(found, 99));
                plainP50.add(micros(read, 50));
                plainP99.add(micros(read, 99));
                ratio.add(micros(found, 99) / micros(read, 99));
            }
        }
        out.flush();
    }

    private Histogram measure(RandomGenerator random, IntConsumer lookup) {
        Histogram nanos = new Histogram(3);
        for (int i = 0; i < lookups; i++) {
            int person = random.nextInt(persons);
            long begun = System.nanoTime();
            lookup.accept(person);
            nanos.recordValue(System.nanoTime() - begun);
        }
        return nanos;
    }

    private static double micros(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1_000.0;
    }

    private static BigInteger serial(int person) {
        return BigInteger.valueOf((person + 1L) * SCATTER >>> 1);
    }

    private long write(Path csv) throws IOException {
        RandomGenerator random = new Random(seed);
        LocalDate today = TreatmentMonth.dateAt(clock.instant());
        try (Writer writer = Files.newBufferedWriter(csv, StandardCharsets.UTF_8)) {
            writer.write("certificate_serial,name,kana,birth_date,insurer_body,symbol,number,branch,copay_percent,"
                    + "from,until,state,known_from,known_until\n");
            for (int person = 0; person < persons; person++) {
                boolean changed = random.nextInt(100) < CHANGED_PERCENT;
                LocalDate change = today.minusDays(30 + random.nextInt(300));
                LocalDate known = change.plusDays(random.nextInt(LAG_DAYS_MAX + 1));
                String who = serial(person).toString(16) + ",見本　" + person + ",ミホン　" + person + ","
                        + LocalDate.of(1930 + random.nextInt(90), 1 + random.nextInt(12), 1 + random.nextInt(28))
                        + ",0113" + (900 + random.nextInt(100)) + ",9" + random.nextInt(10_000_000) + ",";
                if (changed) {
                    writer.write(who + person + ",00,30,2015-04-01," + change.minusDays(1) + ",valid,,\n");
                    lines++;
                }
                writer.write(who + (changed ? "1" : "") + person + ",00,30," + (changed ? change : "2015-04-01")
                        + ",,valid," + (changed ? known : "") + ",\n");
                lines++;
            }
        }
        return Files.size(csv);
    }

    private String text(double seconds, long storeBytes) {
        return String.format("load      %,.0f lines/s%n", lines / seconds)
                + String.format("size      %.0f bytes a person on disk%n", (double) storeBytes / persons)
                + "look-up   p50 " + Spread.of(registryP50).text("µs", 1) + ", p99 "
                + Spread.of(registryP99).text("µs", 1) + "\n"
                + "plain     p50 " + Spread.of(plainP50).text("µs", 1) + ", p99 "
                + Spread.of(plainP99).text("µs", 1) + "\n"
                + "ratio     " + Spread.of(ratio).text("p99 of a look-up to p99 of a plain read", 2) + "\n"
                + "lookups   " + lookups
                + " a round, random persons, one thread, files in the page cache as they come\n";
    }

    private JsonObject result(Machine machine, double seconds, long storeBytes) {
        return new JsonObject()
                .put("machine", machine.json())
                .put("persons", persons)
                .put("lines", lines)
                .put("loadSeconds", seconds)
                .put("linesPerSecond", lines / seconds)
                .put("bytesPerPerson", (double) storeBytes / persons)
                .put("lookupP50Micros", Spread.of(registryP50).json())
                .put("lookupP99Micros", Spread.of(registryP99).json())
                .put("plainP50Micros", Spread.of(plainP50).json())
                .put("plainP99Micros", Spread.of(plainP99).json())
                .put("ratioP99", Spread.of(ratio).json());
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> inside;
        try (Stream<Path> walk = Files.walk(folder)) {
            inside = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : inside) {
            Files.delete(path);
        }
    }
}
