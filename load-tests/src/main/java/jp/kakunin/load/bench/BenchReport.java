package jp.kakunin.load.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Where the results of a benchmark go: to the screen, and as JSON into a folder.
public final class BenchReport {
    @Option(
            names = "--report",
            paramLabel = "DIR",
            defaultValue = "load-report",
            description = "Where the result goes as JSON (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("load-report");

    public void write(String name, JsonObject result, String text, PrintWriter out) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("bench-" + name + ".json");
        Files.writeString(file, result.encodePrettily());
        out.print(text);
        out.println("report    " + file.toAbsolutePath().normalize());
        out.flush();
    }
}
