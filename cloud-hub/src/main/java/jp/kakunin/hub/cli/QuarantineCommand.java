package jp.kakunin.hub.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `hub quarantine`
@Command(
        name = "quarantine",
        mixinStandardHelpOptions = true,
        description = {
            "Prints what devices sent and the hub set aside, with the reason and what to do about it.",
            "Tells positions and digests, never what is in it."
        })
final class QuarantineCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--clinic",
            paramLabel = "CODE",
            description = "Institution code, 10 digits (default: all clinics).")
    private @Nullable String clinic;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (clinic != null && !clinic.matches("[0-9]{10}")) {
            throw new CommandException(ExitCode.USAGE, "--clinic must be an institution code of 10 digits");
        }
        var items = new JsonArray();
        try (RunningHub hub = RunningHub.on(data)) {
            for (String each : clinics(hub)) {
                JsonObject found = hub.get("/api/quarantine?clinic=" + each, null);
                items.addAll(found.getJsonArray("items"));
                if (found.getBoolean("more")) {
                    spec.commandLine().getErr().println("clinic " + each + " has more than are listed");
                }
            }
        }
        if (json) {
            spec.commandLine()
                    .getOut()
                    .println(new JsonObject().put("items", items).encodePrettily());
        } else {
            Listing.print(
                    spec.commandLine().getOut(),
                    items,
                    List.of("clinic", "month", "position", "receivedAt", "device", "reason", "remedy"));
        }
        return ExitCode.OK;
    }

    private List<String> clinics(RunningHub hub) throws IOException {
        if (clinic != null) {
            return List.of(clinic);
        }
        List<String> codes = new ArrayList<>();
        JsonArray known = hub.get("/api/clinics", null).getJsonArray("clinics");
        for (int i = 0; i < known.size(); i++) {
            codes.add(known.getJsonObject(i).getString("clinic"));
        }
        return codes;
    }
}
