package jp.kakunin.load.hotpath;

import static jp.kakunin.load.ExitCode.OK;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.load.bench.ProcessCost;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A hub with a country's live checks on its disk: how large, how soon it is back, and how it is read.
@Command(
        name = "restart",
        mixinStandardHelpOptions = true,
        description = {
            "Fills a hub's store with answered live checks, says what one takes on the disk, and starts a hub on it: seconds",
            "until the first check is acknowledged, then readings as in `history`; then again after a kill under load."
        })
public final class RestartCommand implements Callable<Integer> {
    private static final double AIM_BYTES_PER_CHECK = 800;
    private static final double AIM_START_SECONDS = 5;
    private static final int DEVICES = 64;
    /// How long facts are pushed flat out before the kill, so that there is much to take in again.
    private static final int KILL_AFTER_SECONDS = 15;

    @Option(
            names = "--checks",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Live checks in the store, each answered (default: ${DEFAULT-VALUE}).")
    private long checks;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The hub's folder, which is kept and used again; without it a folder that goes away.")
    private @Nullable Path data;

    @Mixin
    private Reading reading = new Reading();

    @Mixin
    private Terms terms = new Terms();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (Rig rig = Rig.open(data, out)) {
            long begun = System.nanoTime();
            StoredMonth month = StoredMonth.of(rig.root(), checks, terms.clinics(), rig.clock());
            double bytes = month.bytesPerCheck();
            out.printf(
                    "store     %,d checks, %,.0f bytes each, filled or found in %.0f s%n",
                    checks, bytes, (System.nanoTime() - begun) / 1e9);
            out.flush();
            measure(rig, month, bytes, out);
        }
        return OK;
    }

    private void measure(Rig rig, StoredMonth month, double bytes, PrintWriter out) throws Exception {
        Fleet fleet = rig.enrol(DEVICES, 0, terms.clinics());
        Fleet.Device device = fleet.devices().getFirst();
        double start = rig.startUntilAcknowledged(Rig.SILENT_HUB, device, fleet);
        Meter arriving = new Meter();
        Senders senders =
                rig.senders(fleet, new Rig.Shape(Reading.FACTS_OF_PUSH, true, false, 1, terms.seed()), arriving);
        Meter meter = new Meter();
        Map<InstitutionCode, Integer> numbers = month.numbers();
        SplittableRandom random = new SplittableRandom(terms.seed());
        Readers readers = rig.readers(
                fleet,
                each -> {
                    Supplier<Readers.Asked> next = () -> month.any(numbers, each.clinics(), random);
                    return next;
                },
                reading.concurrency(),
                meter);
        Reading.Result read = reading.measure(rig, senders, arriving, readers, meter, terms);
        senders.driver().flatOut();
        rig.watch(arriving, KILL_AFTER_SECONDS);
        double peakMiB = ProcessCost.peakKiB(rig.pid()) / 1024.0;
        double logMiB = rig.logBytes() / (double) (1 << 20);
        rig.kill();
        double again = rig.startUntilAcknowledged(Rig.SILENT_HUB, device, fleet);

        String text = String.format(
                        Locale.ROOT,
                        "start     %.2f s to the first acknowledged check, after a stop; %.2f s after a kill with %,.0f MiB of log%n"
                                + "hub       at most %,.0f MiB resident%n",
                        start,
                        again,
                        logMiB,
                        peakMiB)
                + reading.text(read);
        List<Aim> aims = new ArrayList<>();
        aims.add(Aim.atMost("a check on the disk", bytes, AIM_BYTES_PER_CHECK, "bytes"));
        aims.add(Aim.atMost("start to the first acknowledged check", start, AIM_START_SECONDS, "s"));
        aims.add(Aim.atMost("the same after a kill under load", again, AIM_START_SECONDS, "s"));
        aims.addAll(reading.aims(read));
        terms.write(
                "restart",
                rig,
                new JsonObject()
                        .put("checks", checks)
                        .put("bytesPerCheck", bytes)
                        .put("startSeconds", start)
                        .put("startAfterKillSeconds", again)
                        .put("writeAheadLogMiB", logMiB)
                        .put("hubPeakMiB", peakMiB)
                        .put("history", reading.json(read)),
                text,
                aims,
                out);
    }
}
