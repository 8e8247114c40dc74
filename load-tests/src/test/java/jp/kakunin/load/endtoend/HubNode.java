package jp.kakunin.load.endtoend;

import static jp.kakunin.load.endtoend.Until.until;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.enrolment.Enrolment;
import jp.kakunin.load.up.DataDirectory;
import jp.kakunin.load.up.NodeProcess;
import jp.kakunin.load.up.RunFile;
import org.jspecify.annotations.Nullable;

/// A hub in a process of its own, as the launcher starts it; edges come back to it within a second.
final class HubNode implements AutoCloseable {
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final DataDirectory directory;
    private @Nullable NodeProcess process;

    HubNode(Path data) {
        this.directory = new DataDirectory(data);
    }

    Path folder() {
        return directory.root().resolve("hub");
    }

    Path store() {
        return folder().resolve("store");
    }

    int port() throws IOException {
        return new HubFolder(directory.root()).ports().toFile().exists()
                ? Integer.parseInt(Files.readAllLines(new HubFolder(directory.root()).ports()).stream()
                        .filter(line -> line.startsWith("exchange="))
                        .findFirst()
                        .orElseThrow()
                        .substring("exchange=".length()))
                : 0;
    }

    /// Makes an identity for an edge whose data directory that is.
    void enrol(Path edgeData, String... clinics) throws Exception {
        var names = new TreeMap<InstitutionCode, String>();
        for (String clinic : clinics) {
            names.put(new InstitutionCode(clinic), "Clinic " + clinic);
        }
        new Enrolment(new HubFolder(directory.root()), InstantSource.system(), new SecureRandom())
                .enrol(new Enrolment.Wish("reception", names, new DataDirectory(edgeData).identity(), false));
    }

    HubNode start() throws Exception {
        return start(List.of(), List.of());
    }

    /// @param environment as `NAME=value`
    /// @param javaOptions more options of the Java machine
    HubNode start(List<String> environment, List<String> javaOptions) throws Exception {
        var command = new ArrayList<>(environment);
        command.addAll(Programs.java("cloud-hub", javaOptions));
        command.addAll(List.of("--data", directory.root().toString(), "--reconnect-spread", "1"));
        NodeProcess started = NodeProcess.start("hub", Path.of("/usr/bin/env"), directory.log("hub"), command);
        process = started;
        started.awaitReady(() -> RunFile.ofRunning(directory.hubRun())
                .filter(run -> run.pid() == started.pid())
                .isPresent());
        return this;
    }

    /// As `kill -9` does it, or the power.
    void kill() throws InterruptedException {
        if (process != null) {
            process.process().destroyForcibly().waitFor();
            process = null;
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
            process = null;
        }
    }

    /// The visits of the running month, all pages of them.
    List<JsonObject> history(String clinic) throws IOException, InterruptedException {
        return history(clinic, TreatmentMonth.at(InstantSource.system().instant()));
    }

    List<JsonObject> history(String clinic, TreatmentMonth month) throws IOException, InterruptedException {
        List<JsonObject> visits = new ArrayList<>();
        String path = "/api/history?clinic=" + clinic + "&month=" + month;
        String after = "";
        while (after != null) {
            JsonObject page = new JsonObject(String.join("\n", ask(path, after).toList()));
            page.getJsonArray("visits").forEach(visit -> visits.add((JsonObject) visit));
            after = page.getString("next");
        }
        return visits;
    }

    List<String> visitIds(String clinic, TreatmentMonth month) throws IOException, InterruptedException {
        return history(clinic, month).stream()
                .map(visit -> visit.getString("visit"))
                .toList();
    }

    void awaitVisits(String clinic, TreatmentMonth month, List<String> visits) throws Exception {
        until(
                "the hub has " + visits.size() + " visits of " + month,
                () -> visitIds(clinic, month).containsAll(visits));
    }

    List<String> visitIds(String clinic) throws IOException, InterruptedException {
        return visitIds(clinic, TreatmentMonth.at(InstantSource.system().instant()));
    }

    /// What `hub import` tells about these files.
    JsonObject imported(List<String> files) throws IOException, InterruptedException {
        var command = new ArrayList<>(Programs.java("cloud-hub", List.of()));
        command.addAll(List.of("import", "--json", "--data", directory.root().toString()));
        command.addAll(files);
        return new JsonObject(Programs.run(command));
    }

    void awaitVisits(String clinic, List<String> visits) throws Exception {
        awaitVisits(clinic, TreatmentMonth.at(InstantSource.system().instant()), visits);
    }

    /// A counter as the metrics page shows it, e.g. `kakunin_events_total{event="fork"`.
    double counter(String beginning) throws IOException, InterruptedException {
        return ask("/metrics", "")
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private Stream<String> ask(String path, String after) throws IOException, InterruptedException {
        RunFile run = RunFile.ofRunning(directory.hubRun()).orElseThrow(() -> new IOException("the hub does not run"));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(run.text("console")).resolve(path))
                .header("Authorization", "Bearer " + run.text("token"));
        if (!after.isEmpty()) {
            request.header("kakunin-after", after);
        }
        HttpResponse<Stream<String>> response = http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        if (response.statusCode() != OK) {
            throw new IOException(path + ": status " + response.statusCode());
        }
        return response.body();
    }
}
