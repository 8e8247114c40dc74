package jp.kakunin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import jp.kakunin.edge.desk.TestReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The wired edge with its real store, and no hub to talk to.
final class EdgeTest {
    @TempDir
    private Path data;

    @BeforeEach
    void enrol() throws IOException {
        Path identity = Files.createDirectories(data.resolve("edge/identity"));
        for (String name : new String[] {"identity.properties", "device-key.pem", "device-cert.pem", "hub-ca.pem"}) {
            try (InputStream file = EdgeTest.class.getResourceAsStream("identity/" + name)) {
                if (file == null) {
                    throw new IllegalStateException(name);
                }
                Files.copy(file, identity.resolve(name));
            }
        }
    }

    @Test
    void what_was_recorded_is_there_after_a_restart_on_the_same_port() throws EdgeStartException, IOException {
        Edge first = edge();
        URI desk = first.start();
        JsonObject recorded = post("/api/visits/deferred", new JsonObject().put("patientName", "山田 花子"));
        first.stop();
        assertThat(data.resolve("edge/edge.json")).doesNotExist();

        Edge second = edge();
        assertThat(second.start()).isEqualTo(desk);

        assertThat(get("/api/visits").getJsonArray("visits").getJsonObject(0)).isEqualTo(recorded);
        second.stop();
    }

    @Test
    void a_tap_without_a_hub_is_recorded_and_waits() throws EdgeStartException, IOException {
        Edge edge = edge();
        edge.start();

        JsonObject visit = post("/api/checks", new JsonObject().put("method", "visual"));

        assertThat(visit.getString("standing")).isEqualTo("WAITING");
        assertThat(visit.getBoolean("sent")).isFalse();
        edge.stop();
    }

    @Test
    void a_second_edge_on_the_same_data_is_refused() throws EdgeStartException {
        Edge first = edge();
        first.start();

        assertThatThrownBy(() -> edge().start())
                .isInstanceOf(EdgeStartException.class)
                .hasMessageContaining("already");
        first.stop();
    }

    @Test
    void a_run_file_left_by_a_power_cut_does_not_keep_the_edge_from_starting() throws EdgeStartException, IOException {
        Path runFile = data.resolve("edge/edge.json");
        Files.writeString(runFile, "{\"pid\": 12");
        Edge afterCut = edge();
        afterCut.start();
        afterCut.stop();

        long someoneElse = ProcessHandle.current().parent().orElseThrow().pid();
        new RunFile(someoneElse, "http://127.0.0.1:1/", "token").write(runFile);
        Edge afterReuse = edge();
        afterReuse.start();

        assertThat(get("/api/status").getString("line")).isNotBlank();
        afterReuse.stop();
    }

    @Test
    void the_local_api_can_wish_the_edge_to_stop() throws EdgeStartException, IOException {
        Edge edge = edge();
        edge.start();

        post("/api/stop", new JsonObject());

        assertThat(edge.stopWish()).succeedsWithin(10, TimeUnit.SECONDS);
        edge.stop();
    }

    @Test
    void the_run_file_opens_the_local_api_and_names_nobody() throws EdgeStartException, IOException {
        Edge edge = edge();
        edge.start();
        post("/api/visits/deferred", new JsonObject().put("patientName", "山田 花子"));

        assertThat(Files.readString(data.resolve("edge/edge.json")))
                .contains("token")
                .doesNotContain("山田");
        edge.stop();
    }

    private Edge edge() {
        return new Edge(
                new EdgeConfig(data, 0),
                new World(InstantSource.system(), new Random(11), new SecureRandom(), TestReader.withCard()));
    }

    private JsonObject get(String path) throws IOException {
        return sent(request(path).GET().build());
    }

    private JsonObject post(String path, JsonObject body) throws IOException {
        return sent(request(path)
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build());
    }

    private HttpRequest.Builder request(String path) throws IOException {
        RunFile run = RunFile.read(data.resolve("edge/edge.json"));
        if (run == null) {
            throw new AssertionError("no run file");
        }
        return HttpRequest.newBuilder(URI.create(run.desk()).resolve(path))
                .header("Authorization", "Bearer " + run.token());
    }

    private static JsonObject sent(HttpRequest request) throws IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
            return answer.body().isEmpty() ? new JsonObject() : new JsonObject(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
