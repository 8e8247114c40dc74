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

/// `hub worklist`
@Command(
        name = "worklist",
        mixinStandardHelpOptions = true,
        description = "Prints the first visits that are not confirmed yet, the earliest due date first.")
final class WorklistCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var items = new JsonArray();
        try (RunningHub hub = RunningHub.on(data)) {
            @Nullable String after = null;
            do {
                JsonObject page = hub.get("/api/worklist" + (after == null ? "" : "?after=" + after), null);
                items.addAll(page.getJsonArray("items"));
                after = page.getString("next");
            } while (after != null);
        }
        if (json) {
            spec.commandLine()
                    .getOut()
                    .println(new JsonObject().put("items", items).encodePrettily());
        } else {
            Listing.print(
                    spec.commandLine().getOut(),
                    items,
                    List.of("due", "dueState", "clinic", "treatmentDate", "standing", "visit"));
        }
        return ExitCode.OK;
    }
}
