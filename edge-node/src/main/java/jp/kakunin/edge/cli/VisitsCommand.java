package jp.kakunin.edge.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `edge visits`
@Command(
        name = "visits",
        mixinStandardHelpOptions = true,
        description = "Prints the visits of a day and what they stand at.")
final class VisitsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--date", paramLabel = "YYYY-MM-DD", description = "Treatment date (default: today).")
    private @Nullable LocalDate date;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        try (RunningEdge edge = RunningEdge.on(data)) {
            JsonObject answer = edge.get("/api/visits" + (date == null ? "" : "?date=" + date));
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(answer.encodePrettily());
            } else {
                Listing.print(
                        out,
                        answer.getJsonArray("visits"),
                        List.of(
                                "patientName",
                                "kind",
                                "standing",
                                "by",
                                "due",
                                "dueState",
                                "sent",
                                "visit",
                                "patient"));
            }
            out.flush();
            return ExitCode.OK;
        }
    }
}
