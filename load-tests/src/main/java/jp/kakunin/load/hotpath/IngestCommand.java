package jp.kakunin.load.hotpath;

import static jp.kakunin.load.ExitCode.OK;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import jp.kakunin.load.bench.ProcessCost;
import org.jspecify.annotations.Nullable;
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
            "Facts a second over the real exchange from very many clinics, each acknowledged after deduplication, summary",
            "and fsync, flat out or at a fixed rate; then writes of the same shape into a journal without network. The",
            "authority says nothing meanwhile. Anything but every fact stored once is an error."
        })
public final class IngestCommand implements Callable<Integer> {
    private static final double AIM_FACTS_PER_SECOND = 100_000;
    private static final double AIM_RATIO = 0.5;
    private static final double AIM_P99_MILLIS = 25;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "Devices with a certificate and a connection each, which share the clinics (default: ${DEFAULT-VALUE}).")
    private int devices;

    @Option(
            names = "--under-way",
            paramLabel = "N",
            defaultValue = "1",
            description = "Pushes a device may have under way at once (default: ${DEFAULT-VALUE}).")
    private int underWay;

    @Option(
            names = "--batch",
            paramLabel = "B",
            defaultValue = "50",
            description = "Facts of one push, all of one clinic (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "0",
            description =
                    "Facts a second, each push timed from when it was meant to begin; 0 is as fast as it goes (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--replay-facts",
            paramLabel = "N",
            defaultValue = "2000000",
            description =
                    "Facts of the replay without network, a fifth of which only warms up; 0 leaves it out (default: ${DEFAULT-VALUE}).")
    private long replayFacts;

    @Mixin
    private Terms terms = new Terms();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Rig.Shape shape = new Rig.Shape(batch, true, false, underWay, terms.seed());
        try (Rig rig = Rig.open(null, out)) {
            Fleet fleet = rig.enrol(devices, 0, terms.clinics());
            rig.start(Rig.SILENT_HUB);
            Meter meter = new Meter();
            Senders senders = rig.senders(fleet, shape, meter);
            if (rate > 0) {
                senders.driver().paced((double) rate / batch);
            } else {
                senders.driver().flatOut();
            }
            rig.watch(meter, terms.warmUp());
            Phase phase = rig.watch(meter, terms.seconds());
            rig.stop(senders.driver());
            write(rig, senders, meter, phase, shape, out);
        }
        return OK;
    }

    private void write(Rig rig, Senders senders, Meter meter, Phase phase, Rig.Shape shape, PrintWriter out)
            throws IOException {
        long stored = senders.stored();
        if (stored != meter.done()) {
            throw new IOException("the hub says it stored " + stored + " facts, sent were " + meter.done());
        }
        double peakMiB = ProcessCost.peakKiB(rig.pid()) / 1024.0;
        rig.stop();
        double diskBytes = (double) rig.storeBytes() / stored;
        double logMiB = rig.logBytes() / (double) (1 << 20);
        long stalls = rig.stalls();
        String text = text(phase, senders, stored, peakMiB, diskBytes, logMiB, stalls);
        out.print(text);
        out.flush();
        Replay.@Nullable Result replayed = replay(rig, shape);
        List<Aim> aims = aims(phase, replayed);
        JsonObject result = new JsonObject()
                .put("devices", devices)
                .put("underWay", underWay)
                .put("batch", batch)
                .put("rate", rate)
                .put("factBytes", senders.foundry().meanBytes())
                .put("attachmentShare", senders.foundry().attachmentShare())
                .put("stored", stored)
                .put("exchange", phase.json())
                .put("hubPeakMiB", peakMiB)
                .put("diskBytesPerFact", diskBytes)
                .put("writeAheadLogMiB", logMiB)
                .put("stalls", stalls)
                .put("replay", replayed == null ? null : replayed.json());
        String end = replayed == null ? "" : replayed.text();
        terms.write(rate > 0 ? "ingest-at-rate" : "ingest", rig, result, end, aims, out);
    }

    private Replay.@Nullable Result replay(Rig rig, Rig.Shape shape) throws IOException {
        if (replayFacts == 0 || rate > 0) {
            return null;
        }
        try (Replay replay = new Replay(rig.root().resolve("replay"), rig.clock(), new SecureRandom())) {
            return replay.run(shape, terms.clinics(), replayFacts);
        }
    }

    private List<Aim> aims(Phase phase, Replay.@Nullable Result replayed) {
        double perSecond = phase.windows().perSecond();
        if (rate > 0) {
            return List.of(
                    Aim.atLeast("rate that was kept", perSecond, 0.99 * rate, "facts/s"),
                    Aim.atMost("p99 of a push", phase.millis(99), AIM_P99_MILLIS, "ms"));
        }
        List<Aim> aims = new ArrayList<>();
        aims.add(Aim.atLeast("ingest", perSecond, AIM_FACTS_PER_SECOND, "facts/s"));
        if (replayed != null) {
            aims.add(Aim.atLeast("share of the replay", perSecond / replayed.factsPerSecond(), AIM_RATIO, "of it"));
        }
        return aims;
    }

    private String text(
            Phase phase, Senders senders, long stored, double peakMiB, double diskBytes, double logMiB, long stalls) {
        return "exchange  " + phase.windows().text("facts/s, durable and deduplicated") + "\n"
                + "push      " + phase.latencies() + "\n"
                + "processor " + phase.cpu("fact") + "\n"
                + String.format(
                        Locale.ROOT,
                        "hub       at most %,.0f MiB resident; %,.0f bytes a fact on the disk at the end, with %,.0f MiB of write-ahead log; writers held back %d times%n"
                                + "facts     %,d stored, each once; %,d clinics on %d connections, batches of %d, %.0f bytes a fact, %.0f %%"
                                + " with an attachment of %d bytes, %d visits of a patient in the month%n",
                        peakMiB,
                        diskBytes,
                        logMiB,
                        stalls,
                        stored,
                        terms.clinics(),
                        devices,
                        batch,
                        senders.foundry().meanBytes(),
                        senders.foundry().attachmentShare() * 100,
                        Papers.BYTES,
                        Foundry.VISITS_OF_PATIENT);
    }
}
