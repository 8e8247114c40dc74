package jp.kakunin.edge.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `edge status`
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Prints the state of reader, line, store and clock, and what is unsent.")
final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        try (RunningEdge edge = RunningEdge.on(data)) {
            JsonObject status = edge.get("/api/status").put("desk", edge.desk());
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(status.encodePrettily());
            } else {
                status.forEach(entry -> out.println(entry.getKey() + ": " + entry.getValue()));
            }
            out.flush();
            return ExitCode.OK;
        }
    }
}
