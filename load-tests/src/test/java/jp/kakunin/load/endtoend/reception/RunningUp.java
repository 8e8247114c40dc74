package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jp.kakunin.load.endtoend.Until;
import jp.kakunin.load.endtoend.reception.Launcher.Ended;
import jp.kakunin.load.up.DataDirectory;
import jp.kakunin.load.up.LocalApi;
import jp.kakunin.load.up.RunFile;

/// One `./kakunin up`, and everything a person can do with it from a terminal.
final class RunningUp implements AutoCloseable {
    static final String CLINIC = "1380000016";
    private static final long STOP_SECONDS_MAX = 40;

    private final Path data;
    private final Path said;
    private final Process up;
    private final List<Process> hubs = new ArrayList<>();

    private RunningUp(Path data, Path said, Process up) {
        this.data = data;
        this.said = said;
        this.up = up;
    }

    /// Starts `up` and waits for both addresses.
    ///
    /// @throws AssertionError if the card is not on the real PC/SC service: then nothing of the card stack was
    /// tested
    static RunningUp start(Path data) throws Exception {
        Path said = Files.createDirectories(data).resolveSibling(data.getFileName() + "-up.log");
        var started = new RunningUp(data, said, Launcher.start(said, List.of("up", "--data", data.toString())));
        try {
            Until.value(
                    "up is ready",
                    started::said,
                    text -> text.lines().anyMatch(line -> line.startsWith("console: ")) || !started.up.isAlive(),
                    () -> "");
            assertThat(started.said())
                    .contains("desk: http://127.0.0.1:")
                    .contains("card: virtual card on the PC/SC service");
            return started;
        } catch (Exception | AssertionError e) {
            started.close();
            throw e;
        }
    }

    Path data() {
        return data;
    }

    URI desk() throws IOException {
        return address("desk: ");
    }

    URI console() throws IOException {
        return address("console: ");
    }

    String operatorPassword() throws IOException {
        return Files.readString(data.resolve("hub").resolve("operator-password"))
                .strip();
    }

    /// What `up` has said so far.
    String said() throws IOException {
        return Files.exists(said) ? Files.readString(said) : "";
    }

    Ended kakunin(String... arguments) throws IOException, InterruptedException {
        return Launcher.run(Stream.concat(Stream.of(arguments), Stream.of("--data", data.toString()))
                .toArray(String[]::new));
    }

    /// A command that must succeed and print JSON.
    JsonObject json(String... arguments) throws IOException, InterruptedException {
        Ended ended =
                kakunin(Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new));
        assertThat(ended.code())
                .as("%s: %s", String.join(" ", arguments), ended.err())
                .isZero();
        return new JsonObject(ended.out());
    }

    JsonObject visit(String id) throws IOException, InterruptedException {
        return found(json("edge", "visits").getJsonArray("visits"), id);
    }

    static JsonObject found(JsonArray visits, String id) {
        return visits.stream()
                .map(JsonObject.class::cast)
                .filter(visit -> id.equals(visit.getString("visit")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no visit " + id + " in " + visits));
    }

    void stopHub() throws IOException, InterruptedException {
        assertThat(kakunin("hub", "stop").code()).isZero();
    }

    /// Brings the hub back, as a person does in a second terminal.
    void startHub() throws Exception {
        Path log = said.resolveSibling(data.getFileName() + "-hub" + hubs.size() + ".log");
        hubs.add(Launcher.start(log, List.of("hub", "--data", data.toString())));
        Until.until(
                "the hub is back", () -> RunFile.ofRunning(directory().hubRun()).isPresent());
    }

    void startHubIfGone() throws Exception {
        if (RunFile.ofRunning(directory().hubRun()).isEmpty()) {
            startHub();
        }
    }

    void putDown(String card) throws IOException, InterruptedException {
        try (LocalApi control = control()) {
            control.post("/insert", new JsonObject().put("card", card));
        }
    }

    void takeAway() throws IOException, InterruptedException {
        try (LocalApi control = control()) {
            control.post("/remove", new JsonObject());
        }
    }

    /// Ends `up` as a service manager does.
    ///
    /// @return its exit code
    int terminate() throws InterruptedException {
        up.destroy();
        assertThat(up.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)).as("up ends").isTrue();
        return up.exitValue();
    }

    /// Ends the hubs that were brought back by hand; `up` did not start them and leaves them alone.
    void endHubs() throws InterruptedException {
        for (Process hub : hubs) {
            hub.destroy();
            assertThat(hub.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS))
                    .as("the hub ends")
                    .isTrue();
        }
    }

    /// The processes that have to do with this instance.
    List<String> processes() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.contains(data + "/") || command.endsWith(data.toString()))
                .toList();
    }

    DataDirectory directory() {
        return new DataDirectory(data);
    }

    @Override
    public void close() throws IOException {
        try {
            if (up.isAlive()) {
                terminate();
            }
            endHubs();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private LocalApi control() {
        RunFile run = RunFile.ofRunning(directory().cardRun()).orElseThrow();
        return new LocalApi(run.text("url"), run.text("token"));
    }

    private URI address(String label) throws IOException {
        return said().lines()
                .filter(line -> line.startsWith(label))
                .map(line -> URI.create(line.substring(label.length()).split(" ")[0]))
                .findFirst()
                .orElseThrow();
    }
}
