package jp.kakunin.load.endtoend;

import static jp.kakunin.load.endtoend.Until.until;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jp.kakunin.load.up.DataDirectory;
import jp.kakunin.load.up.LocalApi;
import jp.kakunin.load.up.NodeProcess;
import jp.kakunin.load.up.RunFile;
import org.jspecify.annotations.Nullable;

/// An edge node in a process of its own, spoken to over its local API.
final class EdgeNode implements AutoCloseable {
    private final DataDirectory directory;
    private final List<String> program;
    private @Nullable NodeProcess process;
    private @Nullable LocalApi api;

    private EdgeNode(Path data, List<String> program) {
        this.directory = new DataDirectory(data);
        this.program = program;
    }

    /// The product's own program, with whatever card reader this machine has.
    static EdgeNode on(Path data) {
        return new EdgeNode(data, List.of("edge-node"));
    }

    /// With a reader in memory, on which cards can be laid at a port.
    static EdgeNode withCards(Path data, int cardPort) {
        return new EdgeNode(data, List.of("load-tests", "edge-with-card", "--card-port", String.valueOf(cardPort)));
    }

    Path folder() {
        return directory.root().resolve("edge");
    }

    Path store() {
        return folder().resolve("store");
    }

    /// From now on the hub is looked for at that port of this machine.
    void lookForHubAt(int port) throws IOException {
        Path properties = directory.identity().resolve("identity.properties");
        Files.writeString(
                properties, Files.readString(properties).replaceAll("(?m)^hub=.*$", "hub=https://localhost:" + port));
    }

    EdgeNode start() throws Exception {
        return start(List.of(), List.of());
    }

    /// @param before what stands in front of the program: `NAME=value`, or a program that runs it
    EdgeNode start(List<String> before, List<String> javaOptions) throws Exception {
        var command = new ArrayList<>(before);
        command.addAll(Programs.java(program.getFirst(), javaOptions));
        command.addAll(program.subList(1, program.size()));
        command.addAll(List.of("--data", directory.root().toString()));
        NodeProcess started = NodeProcess.start("edge", Path.of("/usr/bin/env"), directory.log("edge"), command);
        process = started;
        started.awaitReady(() ->
                run(started.pid()).filter(run -> run.pid() == started.pid()).isPresent());
        RunFile run = run(started.pid()).orElseThrow();
        api = new LocalApi(run.text("desk"), run.text("token"));
        return this;
    }

    /// The run file as the process itself sees it: it may live among mounts of its own.
    private java.util.Optional<RunFile> run(long pid) {
        Path seen = Path.of("/proc", String.valueOf(pid), "root" + directory.edgeRun());
        return RunFile.ofRunning(seen);
    }

    LocalApi api() {
        return Objects.requireNonNull(api, "the edge was not started");
    }

    long pid() {
        return Objects.requireNonNull(process, "the edge was not started").pid();
    }

    void kill() throws InterruptedException {
        if (process != null) {
            process.process().destroyForcibly().waitFor();
            process = null;
        }
        closeApi();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
            process = null;
        }
        closeApi();
    }

    /// A first visit without card.
    ///
    /// @return the visit, which the desk has called recorded
    String defer(String name) throws IOException, InterruptedException {
        return api().post("/api/visits/deferred", new JsonObject().put("patientName", name))
                .getString("visit");
    }

    String defer(String clinic, String name) throws IOException, InterruptedException {
        return api().post(
                        "/api/visits/deferred",
                        new JsonObject().put("clinic", clinic).put("patientName", name))
                .getString("visit");
    }

    String deferInEnglish(String name) throws IOException, InterruptedException {
        return api().post("/api/visits/deferred?lang=en", new JsonObject().put("patientName", name))
                .getString("visit");
    }

    JsonObject tap(String clinic, String pin) throws IOException, InterruptedException {
        return api().post(
                        "/api/checks?lang=en",
                        new JsonObject()
                                .put("clinic", clinic)
                                .put("method", "pin")
                                .put("pin", pin));
    }

    /// A command of the product, in a process of its own.
    ///
    /// @return what it printed
    String command(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(Programs.java("edge-node", List.of("-Duser.language=en")));
        command.addAll(List.of(words));
        command.addAll(List.of("--data", directory.root().toString()));
        return Programs.run(command);
    }

    JsonObject status() throws IOException, InterruptedException {
        return api().get("/api/status");
    }

    List<JsonObject> visits() throws IOException, InterruptedException {
        List<JsonObject> visits = new ArrayList<>();
        api().get("/api/visits?lang=en").getJsonArray("visits").forEach(visit -> visits.add((JsonObject) visit));
        return visits;
    }

    List<String> visitIds() throws IOException, InterruptedException {
        return visits().stream().map(visit -> visit.getString("visit")).toList();
    }

    List<String> sentVisitIds() throws IOException, InterruptedException {
        return visits().stream()
                .filter(visit -> visit.getBoolean("sent"))
                .map(visit -> visit.getString("visit"))
                .toList();
    }

    JsonObject visit(String id) throws IOException, InterruptedException {
        return visits().stream()
                .filter(visit -> visit.getString("visit").equals(id))
                .findFirst()
                .orElseThrow(() -> new IOException("the desk does not list visit " + id));
    }

    void awaitReader(String state) throws Exception {
        until("reader " + state, () -> readerIs(state));
    }

    boolean readerIs(String state) throws Exception {
        return status().getString("reader").equals(state);
    }

    void awaitLine(String state) throws Exception {
        until("line " + state, () -> status().getString("line").equals(state));
    }

    void awaitLineNot(String state) throws Exception {
        until("line no longer " + state, () -> !status().getString("line").equals(state));
    }

    void awaitAllSent() throws Exception {
        until("everything is sent", () -> visits().stream().allMatch(visit -> visit.getBoolean("sent")));
    }

    private void closeApi() {
        if (api != null) {
            api.close();
            api = null;
        }
    }
}
