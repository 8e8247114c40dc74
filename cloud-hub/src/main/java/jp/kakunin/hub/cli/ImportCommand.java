package jp.kakunin.hub.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `hub import`
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Takes sealed exports that were carried here from clinics without a line (`edge export`).",
            "A file may be imported again at any time; nothing counts twice."
        })
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Sealed exports: *.sealed, or a ZIP of them.")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /// A file that cannot be taken does not keep the others from being taken.
    @Override
    public Integer call() throws IOException {
        List<JsonObject> results = new ArrayList<>();
        try (RunningHub hub = RunningHub.on(data)) {
            for (Path file : files) {
                CarriedFile.each(file, carried -> {
                    JsonObject result = taken(hub, carried);
                    results.add(result);
                    if (!json) {
                        print(result);
                    }
                });
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new JsonObject().put("files", new JsonArray(results)).encodePrettily());
        }
        out.flush();
        return results.stream().allMatch(ImportCommand::isWhole) ? ExitCode.OK : ExitCode.FAILED;
    }

    private static JsonObject taken(RunningHub hub, CarriedFile file) {
        JsonObject result = new JsonObject().put("file", file.name());
        if (!file.error().isEmpty()) {
            return result.put("error", file.error());
        }
        try {
            return result.mergeIn(hub.upload("/api/import", file.bytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CommandException e) {
            if (e.exitCode() == ExitCode.NOT_RUNNING) {
                throw e;
            }
            return result.put("error", e.getMessage());
        }
    }

    private static boolean isWhole(JsonObject result) {
        return !result.containsKey("error") && clinics(result).stream().allMatch(each -> stopped(each) == null);
    }

    private static List<JsonObject> clinics(JsonObject result) {
        return result.getJsonArray("clinics").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static @Nullable String stopped(JsonObject clinic) {
        return clinic.getString("stopped");
    }

    private void print(JsonObject result) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        String file = result.getString("file");
        if (result.containsKey("error")) {
            err.println(file + ": NOT TAKEN, or not known to be: " + result.getString("error"));
            err.flush();
            return;
        }
        out.println(file + ": month " + result.getString("month") + ", device " + result.getString("device") + " ("
                + result.getString("name") + "), written " + result.getString("writtenAt"));
        for (JsonObject clinic : clinics(result)) {
            out.println("  clinic " + clinic.getString("clinic") + ": " + clinic.getInteger("facts") + " records, "
                    + now(clinic) + ": stored " + clinic.getLong("stored") + ", held " + clinic.getLong("held")
                    + ", refused " + clinic.getLong("refused") + ", quarantined " + clinic.getLong("quarantined")
                    + ", too late " + clinic.getLong("forgotten"));
            String stopped = stopped(clinic);
            if (stopped != null) {
                out.println("    NOT ALL WERE TAKEN: " + stopped + ". What is taken stays; nothing counts twice.");
            }
        }
        if (result.getString("state").equals("REVOKED")) {
            out.println("  The device is revoked: what was new is set aside, see `hub quarantine`.");
        }
    }

    private static String now(JsonObject clinic) {
        int now = clinic.getInteger("now");
        return now == 0 && stopped(clinic) == null ? "imported before" : now + " taken now";
    }
}
