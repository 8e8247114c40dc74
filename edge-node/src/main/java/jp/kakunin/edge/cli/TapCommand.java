package jp.kakunin.edge.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `edge tap`
@Command(
        name = "tap",
        mixinStandardHelpOptions = true,
        description = {
            "Checks the card that lies on the reader, as the desk does.",
            "A PIN on a command line can be seen by others on this machine: for test cards only."
        })
final class TapCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @ArgGroup(multiplicity = "1")
    private Method method = new Method();

    @Option(names = "--accept-last-try", description = "Use the PIN even if one try is left.")
    private boolean acceptLastTry;

    @Option(names = "--kind", paramLabel = "KIND", description = "INITIAL or REPEAT (default: decided by the edge).")
    private @Nullable String kind;

    @Option(
            names = "--clinic",
            paramLabel = "CODE",
            description = "Institution code; needed when the site has two clinics.")
    private @Nullable String clinic;

    @Option(
            names = "--also",
            paramLabel = "CODE",
            description = "The other clinic of the site, when the patient comes to both: one tap, two checks.")
    private @Nullable String also;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    static final class Method {
        @Option(names = "--pin", paramLabel = "NNNN", description = "The card's PIN.")
        private @Nullable String pin;

        @Option(names = "--visual", description = "The photograph was compared instead.")
        private boolean visual;
    }

    @Override
    public Integer call() throws IOException {
        JsonObject body = new JsonObject()
                .put("method", method.visual ? "visual" : "pin")
                .put("pin", method.pin)
                .put("lastTryAccepted", acceptLastTry)
                .put("kind", kind)
                .put("clinic", clinic)
                .put("also", also);
        try (RunningEdge edge = RunningEdge.on(data)) {
            VisitPrinter.print(spec, edge.post("/api/checks", body), json);
            return ExitCode.OK;
        }
    }
}
