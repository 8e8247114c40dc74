package jp.kakunin.hub.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `hub clinics`
@Command(
        name = "clinics",
        mixinStandardHelpOptions = true,
        description = "Prints the enrolled clinics and how they are, those that need attention first.")
final class ClinicsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        JsonObject answer;
        try (RunningHub hub = RunningHub.on(data)) {
            answer = hub.get("/api/clinics", null);
        }
        if (json) {
            spec.commandLine().getOut().println(answer.encodePrettily());
        } else {
            Listing.print(
                    spec.commandLine().getOut(),
                    answer.getJsonArray("clinics"),
                    List.of("clinic", "state", "lastSeen", "unsent", "earliestDue", "reader", "version", "name"));
        }
        return ExitCode.OK;
    }
}
