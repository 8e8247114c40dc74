package jp.kakunin.edge.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `edge export`
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes what the hub has not acknowledged into sealed files, to be carried to the hub by hand (`hub import`).",
            "Only the hub can open them, and only until the month closes. The records stay here and are sent when the",
            "line is back; nothing counts twice."
        })
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FOLDER",
            description = "A folder that exists, such as the stick's.")
    private Path folder = Path.of("");

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        JsonObject body = new JsonObject()
                .put("folder", folder.toAbsolutePath().normalize().toString());
        try (RunningEdge edge = RunningEdge.on(data)) {
            JsonObject report = edge.post("/api/export", body);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(report.encodePrettily());
            } else {
                report.getJsonArray("files").stream()
                        .map(JsonObject.class::cast)
                        .forEach(file -> out.println(
                                Path.of(report.getString("folder")).resolve(file.getString("name")) + ": month "
                                        + file.getString("month") + ", " + file.getInteger("records") + " records"));
                out.println(report.getString("staff"));
            }
            out.flush();
            return ExitCode.OK;
        }
    }
}
