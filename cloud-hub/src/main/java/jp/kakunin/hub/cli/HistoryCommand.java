package jp.kakunin.hub.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `hub history`
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Prints the visits of a clinic in a treatment month and what they stand at, without names.")
final class HistoryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--clinic", required = true, paramLabel = "CODE", description = "Institution code, 10 digits.")
    private String clinic = "";

    @Option(names = "--month", required = true, paramLabel = "YYYY-MM", description = "Treatment month.")
    private String month = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (!clinic.matches("[0-9]{10}")) {
            throw new CommandException(ExitCode.USAGE, "--clinic must be an institution code of 10 digits");
        }
        if (!month.matches("[0-9]{4}-(0[1-9]|1[0-2])")) {
            throw new CommandException(ExitCode.USAGE, "--month must be YYYY-MM, e.g. 2026-11");
        }
        var visits = new JsonArray();
        try (RunningHub hub = RunningHub.on(data)) {
            @Nullable String after = null;
            do {
                JsonObject page = hub.get("/api/history?clinic=" + clinic + "&month=" + month, after);
                visits.addAll(page.getJsonArray("visits"));
                after = page.getString("next");
            } while (after != null);
        }
        JsonArray sorted = Listing.sorted(visits, "treatmentDate", "visit");
        if (json) {
            var all = new JsonObject().put("clinic", clinic).put("month", month).put("visits", sorted);
            spec.commandLine().getOut().println(all.encodePrettily());
        } else {
            Listing.print(
                    spec.commandLine().getOut(),
                    sorted,
                    List.of("treatmentDate", "kind", "standing", "by", "asOf", "dueState", "proofNumber", "visit"));
        }
        return ExitCode.OK;
    }
}
