package jp.kakunin.load.bench;

import static jp.kakunin.load.ExitCode.OK;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.IdSource;
import jp.kakunin.load.Launcher;
import jp.kakunin.load.replay.CardPapers;
import jp.kakunin.load.replay.ClinicDay;
import jp.kakunin.load.replay.DeviceIdentity;
import jp.kakunin.load.replay.HubLine;
import jp.kakunin.load.replay.LoadHub;
import jp.kakunin.load.replay.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How many facts a second the hub keeps, and how many the same writes make without network.
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description = {
            "Facts a second over the real exchange, each acknowledged after deduplication, summary and fsync, beside the",
            "same writes replayed into a journal without network, in turns. The authority says nothing meanwhile."
        })
final class IngestCommand implements Callable<Integer> {
    private static final double AIM_FACTS_PER_SECOND = 25_000;
    private static final double NANOS = 1e9;

    @Option(
            names = "--edges",
            paramLabel = "N",
            defaultValue = "64",
            description = "Devices, each with a clinic of its own (default: ${DEFAULT-VALUE}).")
    private int edges;

    @Option(
            names = "--facts",
            paramLabel = "N",
            defaultValue = "40000",
            description = "Facts of one round (default: ${DEFAULT-VALUE}).")
    private int facts;

    @Option(
            names = "--batch",
            paramLabel = "B",
            defaultValue = "50",
            description = "Facts of one push (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds that count, after one that does not (default: ${DEFAULT-VALUE}).")
    private int repeats;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "What the facts say (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private BenchReport report = new BenchReport();

    private final InstantSource clock = InstantSource.system();

    @Spec
    private CommandSpec spec;

    private final List<Double> exchange = new ArrayList<>();
    private final List<Double> replay = new ArrayList<>();
    private final List<Double> ratio = new ArrayList<>();
    private final List<Double> hubMicros = new ArrayList<>();
    private final List<Double> decideMicros = new ArrayList<>();
    private double bytesPerFact;

    @Override
    public Integer call() throws Exception {
        Path launcher = Launcher.path();
        PrintWriter out = spec.commandLine().getOut();
        try (LoadHub hub = LoadHub.prepare(null, edges)) {
            hub.closeOnExit();
            Machine machine = Machine.look(hub.root(), launcher.resolveSibling("."));
            out.print(machine.text());
            out.flush();
            hub.start(launcher, List.of("load", "bench", SilentHubCommand.NAME));
            rounds(hub, out);
            report.write("ingest", result(machine), text(), out);
        }
        return OK;
    }

    private void rounds(LoadHub hub, PrintWriter out) throws Exception {
        SecureRandom secrets = new SecureRandom();
        Random random = new Random(seed);
        IdSource ids = new IdSource(clock, secrets);
        Vertx vertx = Vertx.vertx();
        List<HubLine> lines =
                hub.devices().stream().map(device -> new HubLine(vertx, device)).toList();
        List<ClinicDay> days = hub.devices().stream()
                .map(device -> new ClinicDay(device.clinic(), clock, secrets, random, CardPapers.blank(random)))
                .toList();
        try (Replay beside = new Replay(hub.root().resolve("replay"), clock, secrets)) {
            for (int round = 0; round <= repeats; round++) {
                List<Lane> lanes = new ArrayList<>();
                for (int i = 0; i < lines.size(); i++) {
                    DeviceIdentity device = hub.devices().get(i);
                    lanes.add(Lane.of(lines.get(i), device, days.get(i), ids, batchesOfEach(), batch, clock.instant()));
                }
                round(round, lanes, beside, hub.pid(), out);
            }
        } finally {
            lines.forEach(HubLine::close);
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private void round(int number, List<Lane> lanes, Replay beside, long hubPid, PrintWriter out) {
        long sent = (long) lanes.size() * batchesOfEach() * batch;
        long cpu = ProcessCost.cpuNanos(hubPid);
        long begun = System.nanoTime();
        CompletableFuture.allOf(lanes.stream().map(Lane::send).toArray(CompletableFuture[]::new))
                .join();
        double seconds = (System.nanoTime() - begun) / NANOS;
        double micros = (ProcessCost.cpuNanos(hubPid) - cpu) / 1_000.0 / sent;
        Replay.Times times = beside.run(lanes);
        double overExchange = sent / seconds;
        double replayed = sent / (times.writeNanos() / NANOS);
        out.printf(
                "%s %,.0f facts/s over the exchange (hub %.1f µs of processor each), %,.0f replayed, ratio %.2f%n",
                number == 0 ? "warm-up " : "round " + number + " ",
                overExchange,
                micros,
                replayed,
                overExchange / replayed);
        out.flush();
        if (number > 0) {
            exchange.add(overExchange);
            replay.add(replayed);
            ratio.add(overExchange / replayed);
            hubMicros.add(micros);
            decideMicros.add(times.decideNanos() / 1_000.0 / sent);
            bytesPerFact = (double) lanes.stream().mapToLong(Lane::bytes).sum() / sent;
        }
    }

    private int batchesOfEach() {
        return Math.max(1, facts / edges / batch);
    }

    private String text() {
        return "exchange  " + Spread.of(exchange).text("facts/s, durable and deduplicated", 0) + ", aim "
                + (long) AIM_FACTS_PER_SECOND + "\n"
                + "replay    " + Spread.of(replay).text("facts/s, the same writes without network", 0) + "\n"
                + "ratio     " + Spread.of(ratio).text("exchange to replay", 2) + "\n"
                + "hub       " + Spread.of(hubMicros).text("µs of processor for a fact", 1) + "\n"
                + "deciding  " + Spread.of(decideMicros).text("µs for a fact, one thread", 1) + "\n"
                + "facts     " + edges + " clinics, batches of " + batch + ", " + (long) bytesPerFact
                + " bytes a fact on the line, " + (int) (ClinicDay.CARD_SHARE * 100) + " % with attachment\n";
    }

    private JsonObject result(Machine machine) {
        return new JsonObject()
                .put("machine", machine.json())
                .put("edges", edges)
                .put("batch", batch)
                .put("factsOfRound", edges * batchesOfEach() * batch)
                .put("bytesPerFact", bytesPerFact)
                .put("aimFactsPerSecond", AIM_FACTS_PER_SECOND)
                .put("exchangeFactsPerSecond", Spread.of(exchange).json())
                .put("replayFactsPerSecond", Spread.of(replay).json())
                .put("ratio", Spread.of(ratio).json())
                .put("hubMicrosPerFact", Spread.of(hubMicros).json())
                .put("decideMicrosPerFact", Spread.of(decideMicros).json());
    }
}
