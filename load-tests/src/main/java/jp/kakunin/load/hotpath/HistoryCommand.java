package jp.kakunin.load.hotpath;

import static jp.kakunin.load.ExitCode.OK;

import io.vertx.core.json.JsonObject;
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

    @Mixin
    private Reading reading = new Reading();

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
            Senders senders =
                    rig.senders(fleet, new Rig.Shape(Reading.FACTS_OF_PUSH, true, false, 1, terms.seed()), arriving);
            senders.driver().flatOut();
            rig.watch(arriving, fill);
            rig.stop(senders.driver());
            Meter meter = new Meter();
            Readers readers = rig.readers(fleet, patients(rig, senders), reading.concurrency(), meter);
            Reading.Result result = reading.measure(rig, senders, arriving, readers, meter, terms);
            String text = reading.text(result)
                    + String.format(
                            Locale.ROOT,
                            "store     %,d facts, %d visits of a patient in the month%n",
                            senders.stored(),
                            Foundry.VISITS_OF_PATIENT);
            JsonObject json = reading.json(result).put("stored", senders.stored());
            terms.write("history", rig, json, text, reading.aims(result), out);
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
}
