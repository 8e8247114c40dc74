package jp.kakunin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.edge.desk.TestReader;
import jp.kakunin.edge.disk.SecretFiles;
import jp.kakunin.edge.door.Passcode;
import jp.kakunin.edge.door.PasscodeFile;
import jp.kakunin.edge.store.Durability;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.edge.store.RocksFactStore;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.keys.ClinicKeys;
import jp.kakunin.outbox.Admission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The wired edge with its real store, and no hub to talk to.
final class EdgeTest {
    private static final int RACES = 12;
    private static final InstitutionCode CLINIC = new InstitutionCode("1380000016");
    private static final String FORM_AGAIN = "action=\"/activate/again\"";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_NANOS = 20_000_000;

    @TempDir
    private Path data;

    @BeforeEach
    void enrol() throws IOException {
        enrol(data);
    }

    private static void enrol(Path data) throws IOException {
        EdgeTestIdentity.copyTo(data.resolve("edge/identity"));
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
    void without_an_identity_there_is_a_page_to_get_one_and_nothing_else() throws EdgeStartException, IOException {
        Files.delete(data.resolve("edge/identity/identity.properties"));
        Edge edge = edge();
        URI desk = edge.start();

        assertThat(get("/api/status").getBoolean("activated")).isFalse();
        for (String path : new String[] {"", "visit?id=1", "open", "api/visits", "events"}) {
            HttpResponse<String> page = page(desk.resolve(path));
            assertThat(page.uri().getPath()).isEqualTo("/activate");
            assertThat(page.body()).contains("この端末を使えるようにする", "<label for=\"check\">");
        }
        post("/api/stop", new JsonObject());
        assertThat(edge.stopWish()).succeedsWithin(10, TimeUnit.SECONDS);
        edge.stop();
        assertThat(data.resolve("edge/edge.json")).doesNotExist();

        enrol();
        Edge enrolled = edge();
        assertThat(enrolled.start()).isEqualTo(desk);
        assertThat(get("/api/status").getBoolean("activated")).isTrue();
        assertThat(get("/api/status").getString("certificateUntil")).isNotBlank();
        enrolled.stop();
    }

    @Test
    void a_device_that_is_shut_out_goes_to_the_activation_pages_and_back_and_keeps_its_store() throws Exception {
        Edge first = edge();
        first.start();
        post("/api/visits/deferred", new JsonObject().put("patientName", "山田 花子"));
        first.stop();
        try (FactStore store = RocksFactStore.open(
                data.resolve("edge/store"),
                ClinicKeys.open(
                        new KeyFolder(data.resolve("edge/month-keys"), SecretFiles.ofSystem()), new SecureRandom()),
                Durability.SYNC)) {
            store.admission(CLINIC, new Admission(Refusal.DEVICE_REVOKED));
        }
        Edge edge = edge();
        URI desk = edge.start();
        assertThat(submit(desk, "/", "/activate/again").body()).contains("data-open=\"/activate\"");

        awaitPage(desk.resolve("/activate"), "<label for=\"check\">");
        assertThat(get("/api/status").getBoolean("activated")).isFalse();
        var passcode = new PasscodeFile(data.resolve("edge"));
        passcode.set(Objects.requireNonNull(Passcode.typed("1234")), new Random(3));
        assertThat(submit(desk, "/activate", "/activate/back").body()).contains("何も変わっていません");

        awaitPage(desk, "action=\"/unlock\"");
        assertThat(passcode.clear())
                .as("going back is no way round the passcode")
                .isTrue();
        awaitPage(desk, FORM_AGAIN);
        JsonObject status = get("/api/status");
        assertThat(status.getBoolean("activated")).isTrue();
        assertThat(status.getJsonObject("unsent").getInteger(CLINIC.digits())).isEqualTo(1);
        JsonObject visit = post("/api/checks", new JsonObject().put("method", "visual"));
        assertThat(visit.getString("visit")).as("the reader goes on").isNotBlank();
        edge.stop();
    }

    /// Between the two servers nobody answers.
    private void awaitPage(URI page, String text) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!shows(page, text) || !Files.exists(data.resolve("edge/edge.json"))) {
            assertThat(System.nanoTime()).as("waited too long for " + page).isLessThan(deadline);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static boolean shows(URI page, String text) {
        try {
            return page(page).body().contains(text);
        } catch (IOException _) {
            return false;
        }
    }

    /// Presses the button of a form that has no fields.
    private static HttpResponse<String> submit(URI desk, String page, String form) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            String html = client.send(
                            HttpRequest.newBuilder(desk.resolve(page)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            Matcher token =
                    Pattern.compile("name=\"csrf\" value=\"([0-9a-f]+)\"").matcher(html);
            assertThat(html).contains("action=\"" + form + "\"");
            assertThat(token.find()).isTrue();
            return client.send(
                    HttpRequest.newBuilder(desk.resolve(form))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString("csrf=" + token.group(1)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static HttpResponse<String> page(URI page) throws IOException {
        try (HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            return client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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

    /// Both once made month keys, and what the first recorded could not be opened after its next start.
    @Test
    void of_two_edges_started_at_once_one_runs_and_its_month_keys_stay_its_own() throws Exception {
        for (int round = 0; round < RACES; round++) {
            Path own = data.resolve("race-" + round);
            enrol(own);
            List<Edge> racing = List.of(edge(own), edge(own));
            CyclicBarrier start = new CyclicBarrier(racing.size());
            List<Edge> started = new CopyOnWriteArrayList<>();
            List<EdgeStartException> refused = new CopyOnWriteArrayList<>();
            try (ExecutorService both = Executors.newFixedThreadPool(racing.size())) {
                var _ = both.invokeAll(racing.stream()
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

            JsonObject recorded = post(own, "/api/visits/deferred", new JsonObject().put("patientName", "山田 花子"));
            started.getFirst().stop();
            Edge again = edge(own);
            again.start();
            assertThat(get(own, "/api/visits").getJsonArray("visits").getJsonObject(0))
                    .isEqualTo(recorded);
            again.stop();
        }
    }

    @Test
    void the_refused_one_says_which_process_runs() throws EdgeStartException {
        Edge first = edge();
        first.start();

        assertThatThrownBy(() -> edge().start())
                .hasMessageContaining("(process " + ProcessHandle.current().pid() + ")");
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

    @Test
    void receipt_computers_are_served_beside_the_desk_with_keys_made_while_it_runs() throws Exception {
        Edge edge = edge();
        String desk = edge.start().toString();
        String visit = post("/api/visits/deferred", new JsonObject().put("patientName", "山田 花子"))
                .getString("visit");
        ReceiptKeyFile keys = new ReceiptKeyFile(data.resolve("edge/receipt-keys"));
        String key = keys.add("program", new InstitutionCode("1380000016"));
        JsonObject page = new JsonObject(receipt(desk, key, "/changes").body());
        assertThat(page.getJsonArray("changes").getJsonObject(0).getString("visit"))
                .isEqualTo(visit);
        assertThat(Files.readString(data.resolve("edge/receipt-keys"))).doesNotContain(key);
        edge.stop();

        Edge again = edge();
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

    private Edge edge() {
        return edge(data);
    }

    private static Edge edge(Path data) {
        return new Edge(
                new EdgeConfig(data, 0), World.system(new Random(11), new SecureRandom(), TestReader.withCard()));
    }

    private JsonObject get(String path) throws IOException {
        return get(data, path);
    }

    private static JsonObject get(Path data, String path) throws IOException {
        return sent(request(data, path).GET().build());
    }

    private JsonObject post(String path, JsonObject body) throws IOException {
        return post(data, path, body);
    }

    private static JsonObject post(Path data, String path, JsonObject body) throws IOException {
        return sent(request(data, path)
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build());
    }

    private static HttpRequest.Builder request(Path data, String path) throws IOException {
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
