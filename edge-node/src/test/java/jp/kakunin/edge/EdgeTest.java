package jp.kakunin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import jp.kakunin.domain.InstitutionCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The wired edge with its real store, and no hub to talk to.
final class EdgeTest {
    private static final int RACES = 12;

    @TempDir
    private Path data;

    private LocalEdge local;

    @BeforeEach
    void enrol() throws IOException {
        local = LocalEdge.enrolled(data);
    }

    @Test
    void what_was_recorded_is_there_after_a_restart_on_the_same_port() throws EdgeStartException, IOException {
        Edge first = local.edge();
        URI desk = first.start();
        JsonObject recorded = local.post("/api/visits/deferred", new JsonObject().put("patientName", "山田 花子"));
        first.stop();
        assertThat(data.resolve("edge/edge.json")).doesNotExist();

        Edge second = local.edge();
        assertThat(second.start()).isEqualTo(desk);

        assertThat(local.get("/api/visits").getJsonArray("visits").getJsonObject(0))
                .isEqualTo(recorded);
        second.stop();
    }

    @Test
    void a_tap_without_a_hub_is_recorded_and_waits() throws EdgeStartException, IOException {
        Edge edge = local.edge();
        edge.start();

        JsonObject visit = local.post("/api/checks", new JsonObject().put("method", "visual"));

        assertThat(visit.getString("standing")).isEqualTo("WAITING");
        assertThat(visit.getBoolean("sent")).isFalse();
        edge.stop();
    }

    @Test
    void a_second_edge_on_the_same_data_is_refused() throws EdgeStartException {
        Edge first = local.edge();
        first.start();

        assertThatThrownBy(() -> local.edge().start())
                .isInstanceOf(EdgeStartException.class)
                .hasMessageContaining("already");
        first.stop();
    }

    /// Both once made month keys, and what the first recorded could not be opened after its next start.
    @Test
    void of_two_edges_started_at_once_one_runs_and_its_month_keys_stay_its_own() throws Exception {
        for (int round = 0; round < RACES; round++) {
            Path own = data.resolve("race-" + round);
            LocalEdge both = LocalEdge.enrolled(own);
            List<Edge> racing = List.of(both.edge(), both.edge());
            CyclicBarrier start = new CyclicBarrier(racing.size());
            List<Edge> started = new CopyOnWriteArrayList<>();
            List<EdgeStartException> refused = new CopyOnWriteArrayList<>();
            try (ExecutorService racers = Executors.newFixedThreadPool(racing.size())) {
                var _ = racers.invokeAll(racing.stream()
                        .<Callable<Boolean>>map(each -> () -> {
                            start.await();
                            try {
                                each.start();
                                return started.add(each);
                            } catch (EdgeStartException e) {
                                return refused.add(e);
                            }
                        })
                        .toList());
            }
            assertThat(started).hasSize(1);
            assertThat(refused)
                    .singleElement()
                    .satisfies(refusal -> assertThat(refusal)
                            .hasMessageContaining("an edge node already runs on " + own)
                            .hasMessageContaining("Nothing was changed"));

            JsonObject recorded = both.post("/api/visits/deferred", new JsonObject().put("patientName", "山田 花子"));
            started.getFirst().stop();
            Edge again = both.edge();
            again.start();
            assertThat(both.get("/api/visits").getJsonArray("visits").getJsonObject(0))
                    .isEqualTo(recorded);
            again.stop();
        }
    }

    @Test
    void the_refused_one_says_which_process_runs() throws EdgeStartException {
        Edge first = local.edge();
        first.start();

        assertThatThrownBy(() -> local.edge().start())
                .hasMessageContaining("(process " + ProcessHandle.current().pid() + ")");
        first.stop();
    }

    @Test
    void a_run_file_left_by_a_power_cut_does_not_keep_the_edge_from_starting() throws EdgeStartException, IOException {
        Path runFile = data.resolve("edge/edge.json");
        Files.writeString(runFile, "{\"pid\": 12");
        Edge afterCut = local.edge();
        afterCut.start();
        afterCut.stop();

        long someoneElse = ProcessHandle.current().parent().orElseThrow().pid();
        new RunFile(someoneElse, "http://127.0.0.1:1/", "token").write(runFile);
        Edge afterReuse = local.edge();
        afterReuse.start();

        assertThat(local.get("/api/status").getString("line")).isNotBlank();
        afterReuse.stop();
    }

    @Test
    void the_local_api_can_wish_the_edge_to_stop() throws EdgeStartException, IOException {
        Edge edge = local.edge();
        edge.start();

        local.post("/api/stop", new JsonObject());

        assertThat(edge.stopWish()).succeedsWithin(10, TimeUnit.SECONDS);
        edge.stop();
    }

    @Test
    void the_run_file_opens_the_local_api_and_names_nobody() throws EdgeStartException, IOException {
        Edge edge = local.edge();
        edge.start();
        local.post("/api/visits/deferred", new JsonObject().put("patientName", "山田 花子"));

        assertThat(Files.readString(data.resolve("edge/edge.json")))
                .contains("token")
                .doesNotContain("山田");
        edge.stop();
    }

    @Test
    void receipt_computers_are_served_beside_the_desk_with_keys_made_while_it_runs() throws Exception {
        Edge edge = local.edge();
        String desk = edge.start().toString();
        String visit = local.post("/api/visits/deferred", new JsonObject().put("patientName", "山田 花子"))
                .getString("visit");
        ReceiptKeyFile keys = new ReceiptKeyFile(data.resolve("edge/receipt-keys"));
        String key = keys.add("program", new InstitutionCode("1380000016"));
        JsonObject page = new JsonObject(receipt(desk, key, "/changes").body());
        assertThat(page.getJsonArray("changes").getJsonObject(0).getString("visit"))
                .isEqualTo(visit);
        assertThat(Files.readString(data.resolve("edge/receipt-keys"))).doesNotContain(key);
        edge.stop();

        Edge again = local.edge();
        again.start();
        assertThat(new JsonObject(receipt(desk, key, "/changes?after=" + page.getString("next"))
                                .body())
                        .getJsonArray("changes"))
                .isEmpty();
        assertThat(statusFor(desk, "evil.example", key)).isEqualTo("HTTP/1.1 403 Forbidden");
        assertThat(statusFor(desk, "localhost", key)).isEqualTo("HTTP/1.1 200 OK");
        keys.remove("program");
        assertThat(receipt(desk, key, "/visits").statusCode()).isEqualTo(401);
        again.stop();
    }

    private static HttpResponse<String> receipt(String desk, String key, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(desk + "receipt/v1" + path))
                            .header("Authorization", "Bearer " + key)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    /// The first line of the answer to somebody who calls this computer by that name.
    private static String statusFor(String desk, String host, String key) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(desk).getPort())) {
            socket.getOutputStream()
                    .write(("GET /receipt/v1/status HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + key
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElseThrow();
        }
    }
}
