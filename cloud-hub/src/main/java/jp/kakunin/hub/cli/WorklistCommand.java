package jp.kakunin.hub.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `hub worklist`
@Command(
        name = "worklist",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the visits that are not confirmed, the earliest due date first, and how many there are at each clinic.",
            "WILL_MISS: open for longer than there is time left until the claim is filed."
        })
final class WorklistCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--clinic", paramLabel = "CODE", description = "This clinic alone, 10 digits.")
    private @Nullable String clinic;

    @Override
    public Integer call() throws IOException {
        if (clinic != null && !clinic.matches("[0-9]{10}")) {
            throw new CommandException(ExitCode.USAGE, "--clinic must be an institution code of 10 digits");
        }
        var items = new JsonArray();
        try (RunningHub hub = RunningHub.on(data)) {
            @Nullable String after = null;
            do {
                JsonObject page = hub.get("/api/worklist?" + query("clinic", clinic) + query("after", after), null);
                items.addAll(page.getJsonArray("items"));
                after = page.getString("next");
            } while (after != null);
        }
        if (json) {
            spec.commandLine()
                    .getOut()
                    .println(new JsonObject()
                            .put("items", items)
                            .put("clinics", clinics(items))
                            .encodePrettily());
        } else {
            Listing.print(
                    spec.commandLine().getOut(),
                    items,
                    List.of(
                            "due",
                            "dueState",
                            "filing",
                            "stage",
                            "forecast",
                            "clinic",
                            "treatmentDate",
                            "kind",
                            "standing",
                            "visit"));
        }
        return ExitCode.OK;
    }

    /// How many visits each clinic has not confirmed, and how many of them will miss the filing day; those with
    /// most to miss first.
    private static JsonArray clinics(JsonArray items) {
        Map<String, int[]> counts = new TreeMap<>();
        for (Object each : items) {
            JsonObject item = (JsonObject) each;
            int[] count = counts.computeIfAbsent(item.getString("clinic"), _ -> new int[2]);
            count[0]++;
            if ("WILL_MISS".equals(item.getString("forecast"))) {
                count[1]++;
            }
        }
        var clinics = new JsonArray();
        counts.entrySet().stream()
                .sorted(Comparator.comparingInt(clinic -> -clinic.getValue()[1]))
                .forEach(clinic -> clinics.add(new JsonObject()
                        .put("clinic", clinic.getKey())
                        .put("notConfirmed", clinic.getValue()[0])
                        .put("willMiss", clinic.getValue()[1])));
        return clinics;
    }

    private static String query(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + value;
    }
}
