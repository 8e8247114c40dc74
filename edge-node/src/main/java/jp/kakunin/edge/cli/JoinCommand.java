package jp.kakunin.edge.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `edge join`
@Command(name = "join", mixinStandardHelpOptions = true, description = "Says that two patient ids are one person.")
final class JoinCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--patient", required = true, paramLabel = "ID", description = "The patient with the card.")
    private String patient = "";

    @Option(names = "--with", required = true, paramLabel = "ID", description = "The patient recorded by name.")
    private String with = "";

    @Option(
            names = "--clinic",
            paramLabel = "CODE",
            description = "Institution code; needed when the site has two clinics.")
    private @Nullable String clinic;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        JsonObject body = new JsonObject().put("a", patient).put("b", with).put("clinic", clinic);
        try (RunningEdge edge = RunningEdge.on(data)) {
            JsonObject joined = edge.post("/api/joins", body);
            PrintWriter out = spec.commandLine().getOut();
            out.println(
                    json
                            ? joined.encodePrettily()
                            : "joined; to undo it, withdraw the fact " + joined.getString("fact"));
            out.flush();
            return ExitCode.OK;
        }
    }
}
