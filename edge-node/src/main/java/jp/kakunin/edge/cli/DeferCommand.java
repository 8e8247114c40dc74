package jp.kakunin.edge.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `edge defer`
@Command(
        name = "defer",
        mixinStandardHelpOptions = true,
        description = "Records a first visit of a patient without a card, to be confirmed by its due date.")
final class DeferCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--patient-name", required = true, paramLabel = "NAME", description = "At most 64 characters.")
    private String patientName = "";

    @Option(
            names = "--clinic",
            paramLabel = "CODE",
            description = "Institution code; needed when the site has two clinics.")
    private @Nullable String clinic;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description = "NO_CARD (default), READER_FAULT, CARD_FAULT, PIN_UNKNOWN_OR_BLOCKED, CERTIFICATE_EXPIRED,"
                    + " ANSWER_NEGATIVE, NO_ANSWER or OTHER.")
    private @Nullable String reason;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        JsonObject body = new JsonObject()
                .put("patientName", patientName)
                .put("clinic", clinic)
                .put("reason", reason);
        try (RunningEdge edge = RunningEdge.on(data)) {
            VisitPrinter.print(spec, edge.post("/api/visits/deferred", body), json);
            return ExitCode.OK;
        }
    }
}
