package jp.kakunin.load.hotpath;

import static jp.kakunin.load.ExitCode.OK;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How many patient-months can be read while facts arrive.
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = {
            "Readings of one patient's month each, through the public history with the clinic's own certificate, while facts",
            "arrive at a fixed rate. The hub is filled first, through its exchange."
        })
public final class HistoryCommand implements Callable<Integer> {
    private static final double AIM_READS_PER_SECOND = 15_000;
    private static final double AIM_P99_MILLIS = 10;
    private static final int FACTS_OF_PUSH = 50;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "Devices that share the clinics; each pushes and reads on connections of its own (default: ${DEFAULT-VALUE}).")
    private int devices;

    @Option(
            names = "--fill",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long the hub is filled flat out before anybody reads (default: ${DEFAULT-VALUE}).")
    private int fill;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "5000",
            description = "Facts a second that arrive meanwhile (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "64",
            description = "Readings under way at once (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(
            names = "--read-rate",
            paramLabel = "R",
            defaultValue = "0",
            description =
                    "Readings a second, each timed from when it was meant to begin; 0 is as fast as it goes (default: ${DEFAULT-VALUE}).")
    private int readRate;

    @Mixin
    private Terms terms = new Terms();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (Rig rig = Rig.open(null, out)) {
            Fleet fleet = rig.enrol(devices, 0, terms.clinics());
            rig.start(Rig.SILENT_HUB);
            Meter arriving = new Meter();
            Senders senders = rig.senders(fleet, new Rig.Shape(FACTS_OF_PUSH, true, false, 1, terms.seed()), arriving);
            senders.driver().flatOut();
            rig.watch(arriving, fill);
            rig.stop(senders.driver());
            Meter meter = new Meter();
            Readers readers = rig.readers(fleet, patients(rig, senders), concurrency, meter);
            senders.driver().paced((double) rate / FACTS_OF_PUSH);
            if (readRate > 0) {
                readers.driver().paced(readRate);
            } else {
                readers.driver().flatOut();
            }
            rig.watch(meter, terms.warmUp());
            long before = arriving.done();
            var _ = arriving.since();
            Phase phase = rig.watch(meter, terms.seconds());
            double arrived = (arriving.done() - before) / phase.windows().seconds();
            double pushMillis = arriving.since().getValueAtPercentile(99) / 1e3;
            rig.stop(readers.driver());
            rig.stop(senders.driver());
            write(rig, senders, phase, arrived, pushMillis, out);
        }
        return OK;
    }

    /// Of the device's clinics, who has been acknowledged.
    private Function<Fleet.Device, Supplier<Readers.Asked>> patients(Rig rig, Senders senders) {
        Map<InstitutionCode, ClinicStream> streams = new HashMap<>();
        senders.streams().forEach(stream -> streams.put(stream.clinic(), stream));
        SplittableRandom random = new SplittableRandom(terms.seed());
        TreatmentMonth month = TreatmentMonth.at(rig.clock().instant());
        return device -> {
            List<ClinicStream> own = device.clinics().stream()
                    .map(streams::get)
                    .filter(stream -> stream.patientsAcknowledged() > 0)
                    .toList();
            return () -> {
                ClinicStream stream = own.get(random.nextInt(own.size()));
                return new Readers.Asked(
                        stream.clinic(), month, stream.patient(random.nextInt(stream.patientsAcknowledged())));
            };
        };
    }

    private void write(Rig rig, Senders senders, Phase phase, double arrived, double pushMillis, PrintWriter out)
            throws IOException {
        String text = "history   " + phase.windows().text("patient-months a second") + "\n"
                + "reading   " + phase.latencies() + "\n"
                + "processor " + phase.cpu("reading") + "\n"
                + String.format(
                        Locale.ROOT,
                        "meanwhile %,.0f facts/s in batches of %d, p99 of a push %.1f ms%n"
                                + "readings  %d under way from %d connections, %s; %,d facts stored, %d visits of a patient%n",
                        arrived,
                        FACTS_OF_PUSH,
                        pushMillis,
                        concurrency,
                        Math.min(concurrency, devices),
                        readRate > 0 ? "at most " + readRate + " a second" : "as fast as they go",
                        senders.stored(),
                        Foundry.VISITS_OF_PATIENT);
        terms.write(
                "history",
                rig,
                new JsonObject()
                        .put("concurrency", concurrency)
                        .put("readRate", readRate)
                        .put("arrivingFactsPerSecond", arrived)
                        .put("pushP99Millis", pushMillis)
                        .put("stored", senders.stored())
                        .put("reading", phase.json()),
                text,
                List.of(
                        Aim.atLeast("patient-months", phase.windows().perSecond(), AIM_READS_PER_SECOND, "readings/s"),
                        Aim.atMost("p99 of a reading", phase.millis(99), AIM_P99_MILLIS, "ms")),
                out);
    }
}
