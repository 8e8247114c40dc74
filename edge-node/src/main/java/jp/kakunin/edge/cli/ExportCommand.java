package jp.kakunin.edge.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import jp.kakunin.exchange.Limits;
import org.jspecify.annotations.Nullable;
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
            "You write them, not the edge: into any folder that you may write in.",
            "Only the hub can open them, and only until the month closes. The records stay here and are sent when the",
            "line is back; nothing counts twice."
        })
final class ExportCommand implements Callable<Integer> {
    /// For the edge to send the next file, and for the stick to take one.
    static final Duration STEP_SECONDS_MAX = Duration.ofSeconds(60);

    private static final String SENT_NOTHING = "the edge sent nothing";
    private static final Pattern NAME = Pattern.compile("kakunin-[0-9]{4}-[0-9]{2}-[0-9a-f]{12}\\.sealed");

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
        try (RunningEdge edge = RunningEdge.on(data);
                TimeLimit limit = new TimeLimit(STEP_SECONDS_MAX)) {
            Stick stick = Stick.at(folder.toAbsolutePath().normalize(), limit);
            JsonObject report = edge.get("/api/export");
            List<Path> files = report.getJsonObject("records").isEmpty() && !isRefused(report)
                    ? List.of()
                    : fetch(edge, stick, limit);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(report.put(
                                "files",
                                new JsonArray(files.stream().map(Path::toString).toList()))
                        .encodePrettily());
            } else {
                report.getJsonObject("records")
                        .forEach(
                                month -> out.println("month " + month.getKey() + ": " + month.getValue() + " records"));
                files.forEach(out::println);
                out.println(report.getString("staff"));
            }
            out.flush();
            return ExitCode.OK;
        }
    }

    /// Something is unsent and nothing of it can be carried: the edge says why when it is asked for the files.
    private static boolean isRefused(JsonObject report) {
        return !report.getJsonObject("tooLate").isEmpty()
                || !report.getJsonObject("withoutKey").isEmpty();
    }

    private static List<Path> fetch(RunningEdge edge, Stick stick, TimeLimit limit) throws IOException {
        List<Path> written = new ArrayList<>();
        try (InputStream answer = edge.download("/api/export");
                ZipInputStream zip = new ZipInputStream(answer)) {
            SealedFile next = limit.call(SENT_NOTHING, () -> SealedFile.next(zip));
            while (next != null) {
                written.add(stick.write(next.name(), next.bytes()));
                next = limit.call(SENT_NOTHING, () -> SealedFile.next(zip));
            }
            // An answer that was broken off between two files is told apart by its end alone.
            limit.call(SENT_NOTHING, () -> answer.transferTo(OutputStream.nullOutputStream()));
            return written;
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "the edge broke off: " + e.getMessage()
                            + "; what is on the stick can be used as it is, export again"
                            + " for the rest. Nothing counts twice");
        }
    }

    private record SealedFile(String name, byte[] bytes) {
        /// Null at the end.
        static @Nullable SealedFile next(ZipInputStream zip) throws IOException {
            ZipEntry entry = zip.getNextEntry();
            if (entry == null) {
                return null;
            }
            byte[] bytes = zip.readNBytes(Limits.EXPORT_BYTES_MAX + 1);
            if (!NAME.matcher(entry.getName()).matches() || bytes.length > Limits.EXPORT_BYTES_MAX) {
                throw new IOException("that is no sealed export");
            }
            return new SealedFile(entry.getName(), bytes);
        }
    }
}
