package jp.kakunin.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.DueState;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.exchange.Tally;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.hub.fleet.Clinic;
import jp.kakunin.hub.fleet.ClinicRegister;
import jp.kakunin.hub.fleet.DeviceRegister;
import jp.kakunin.hub.fleet.EnrolledDevice;
import jp.kakunin.hub.fleet.EnrolledDevice.State;
import jp.kakunin.hub.fleet.FileDeviceDirectory;
import jp.kakunin.hub.fleet.FleetView;
import jp.kakunin.hub.history.MonthHistory;
import jp.kakunin.hub.http.HttpLimits;
import jp.kakunin.hub.http.Network;
import jp.kakunin.hub.journal.CommitResult;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.Durability;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.RocksJournal;
import jp.kakunin.hub.journal.SetAside;
import jp.kakunin.hub.journal.WorkItem;
import jp.kakunin.hub.metrics.HubMetrics;
import jp.kakunin.hub.metrics.OpenCounts;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.journal.JournalEntry.Origin;
import jp.kakunin.keys.MonthKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConsoleServerTest {
    private static final InstitutionCode SAKURA = new InstitutionCode("1380000016");
    private static final InstitutionCode ASAHI = Sample.OTHER_CLINIC;
    private static final String SECRET = "見本 花子";
    private static final String TOKEN = "token-of-the-run-file";

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T01:00:00Z"));
    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private final FleetView fleet = new FleetView();
    private final SwitchedHealth health = new SwitchedHealth();
    private final CompletableFuture<String> stopped = new CompletableFuture<>();
    private Running running;

    private record Running(Network network, Journal journal, int port, String password) {}

    private static final class SwitchedHealth implements Health {
        private volatile boolean ready = true;

        @Override
        public boolean isStarted() {
            return true;
        }

        @Override
        public CompletableFuture<Boolean> isReady() {
            return CompletableFuture.completedFuture(ready);
        }
    }

    @BeforeEach
    void open() throws Exception {
        new ClinicRegister(folder.resolve("clinics.csv"))
                .write(new TreeMap<>(Map.of(
                        SAKURA,
                        new Clinic(SAKURA, "さくら<接骨院>", LocalDate.of(2026, 11, 1)),
                        ASAHI,
                        new Clinic(ASAHI, "あさひ接骨院", LocalDate.of(2026, 11, 1)))));
        var journal = RocksJournal.open(
                folder.resolve("store"),
                MonthKeys.open(new KeyFolder(folder.resolve("month-keys")), new SecureRandom()),
                Durability.SYNC,
                new Random(1));
        var network = new Network(Vertx.builder(), HttpLimits.DEFAULT);
        var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var openCounts = new OpenCounts(journal, now::get, reader);
        HubMetrics.bind(metrics, fleet.counters(), network, openCounts);
        Path password = folder.resolve("operator-password");
        var console = new ConsoleServer(
                network.vertx(),
                new ConsoleServer.Parts(
                        journal,
                        new FileDeviceDirectory(folder.resolve("clinics.csv"), folder.resolve("devices.csv")),
                        fleet,
                        new MonthHistory(journal, now::get, reader),
                        openCounts,
                        _ -> new CompletableFuture<>(),
                        metrics,
                        health,
                        OperatorPassword.openOrMake(password, new SecureRandom()),
                        now::get,
                        DueState.FILING_DAY,
                        new SecureRandom(),
                        reader,
                        TOKEN,
                        () -> folder,
                        () -> stopped.complete("asked")));
        int port = console.listen(0).toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        running = new Running(network, journal, port, Files.readString(password).strip());
    }

    @AfterEach
    void close() throws Exception {
        running.network()
                .vertx()
                .close()
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        reader.shutdownNow();
        running.journal().close();
        client.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private HttpResponse<String> signIn(String password) throws IOException, InterruptedException {
        return send(request("/sign-in")
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("password=" + password)));
    }

    private String cookie() throws IOException, InterruptedException {
        String cookie =
                signIn(running.password()).headers().firstValue("set-cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    @Test
    void without_signing_in_no_page_is_shown() throws Exception {
        for (String path : new String[] {"/", "/worklist", "/quarantine", "/clinics/1380000016/2026-11", "/other"}) {
            HttpResponse<String> response = get(path);
            assertThat(response.statusCode()).isEqualTo(303);
            assertThat(response.headers().firstValue("location")).contains("/sign-in");
            assertThat(response.body()).doesNotContain("さくら");
        }
    }

    @Test
    void the_password_opens_a_session_that_scripts_and_other_sites_cannot_use() throws Exception {
        HttpResponse<String> response = signIn(running.password());

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("set-cookie").orElseThrow())
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Strict");
    }

    @Test
    void a_signed_in_operator_sees_the_clinics_escaped_and_uncached() throws Exception {
        HttpResponse<String> page = send(request("/").header("cookie", cookie()));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("さくら&lt;接骨院&gt;").contains("施術所の状態").contains("lang=\"ja\"");
        assertThat(page.headers().firstValue("cache-control")).contains("no-store");
        assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                .contains("default-src 'none'");
    }

    @Test
    void all_pages_exist_in_english_too() throws Exception {
        String cookies = cookie() + "; kakunin-language=en";

        assertThat(send(request("/").header("cookie", cookies)).body()).contains("State of the clinics");
        assertThat(send(request("/worklist").header("cookie", cookies)).body()).contains("Worklist");
        assertThat(send(request("/clinics/1380000016/2026-11").header("cookie", cookies))
                        .body())
                .contains("There are no visits in this month");
        assertThat(send(request("/clinics/1380000016/2026-09").header("cookie", cookies))
                        .body())
                .contains("records were erased");
        var switched = send(request("/quarantine?clinic=1380000016&lang=en"));
        assertThat(switched.headers().map().get("location")).containsExactly("/quarantine?clinic=1380000016");
        assertThat(send(request("/clinics/9/2026-09").header("cookie", cookies)).statusCode())
                .isEqualTo(404);
    }

    @Test
    void what_was_set_aside_and_what_is_not_confirmed_are_shown_for_all_clinics_or_for_one() throws Exception {
        Sample sample = new Sample(4);
        DeviceId device = sample.ids.device();
        var keys = List.of(Digest.ZERO);
        var enrolled = new EnrolledDevice(
                device, "受付<1>", State.ACTIVE, Set.of(SAKURA), Set.of(), keys, Sample.NOW, Sample.TODAY);
        new DeviceRegister(folder.resolve("devices.csv")).write(Map.of(device, enrolled));
        setAside(sample, SAKURA, new Origin(device, sample.ids.epoch(), 1), QuarantineReason.FUTURE_DATE);
        setAside(
                sample, ASAHI, new Origin(sample.ids.device(), sample.ids.epoch(), 1), QuarantineReason.UNKNOWN_SCHEMA);
        String cookie = cookie();
        String english = cookie + "; kakunin-language=en";
        String future = Texts.text(Language.JA, "remedy.FUTURE_DATE");
        String unknown = Texts.text(Language.JA, "remedy.UNKNOWN_SCHEMA");
        assertThat(body("/quarantine", cookie))
                .contains(future, unknown, "2026-11-20 12:00:00", "2026-11 1")
                .contains("受付&lt;1&gt;", device.toString(), SAKURA.digits(), ASAHI.digits())
                .doesNotContain(SECRET);
        assertThat(body("/quarantine?clinic=" + ASAHI, cookie))
                .contains(unknown)
                .doesNotContain(future);
        assertThat(body("/quarantine?clinic=", english))
                .contains(Texts.text(Language.EN, "reason.FUTURE_DATE"), "2 set aside");
        assertThat(body("/worklist", english)).contains("2 not confirmed");
        assertThat(body("/worklist?clinic=" + SAKURA, english)).contains("1 not confirmed");
        assertThat(send(request("/quarantine?clinic=1").header("cookie", cookie))
                        .statusCode())
                .isEqualTo(404);
    }

    private String body(String path, String cookie) throws IOException, InterruptedException {
        HttpResponse<String> page = send(request(path).header("cookie", cookie));
        assertThat(page.statusCode()).isEqualTo(200);
        return page.body();
    }

    private void setAside(Sample sample, InstitutionCode clinic, Origin origin, QuarantineReason reason)
            throws Exception {
        byte[] poison = SECRET.getBytes(StandardCharsets.UTF_8);
        Draft draft = new Draft(clinic, running.journal().head(clinic));
        draft.append(
                Sample.MONTH,
                Sample.NOW,
                origin,
                FactCodec.encode(new Fact.Quarantined(
                        sample.envelope(sample.ids.patient(), Sample.TODAY), Digest.of(poison), reason)));
        draft.setAside(
                new SetAside(clinic, Sample.MONTH, Digest.of(poison), draft.position(Sample.MONTH), poison, null));
        draft.owe(new WorkItem(
                clinic, Sample.TODAY, sample.ids.visit(), sample.ids.patient(), VisitKind.INITIAL, "DEFERRED"));
        assertThat(running.journal().commit(draft.commit()).get(30, TimeUnit.SECONDS))
                .isInstanceOf(CommitResult.Committed.class);
    }

    @Test
    void signing_out_ends_the_session() throws Exception {
        String cookie = cookie();
        send(request("/sign-out").header("cookie", cookie).POST(BodyPublishers.noBody()));

        assertThat(send(request("/").header("cookie", cookie)).statusCode()).isEqualTo(303);
    }

    @Test
    void guessing_has_to_wait_longer_and_longer() throws Exception {
        for (int i = 0; i < Lockout.FREE_TRIES; i++) {
            assertThat(signIn("wrong").statusCode()).isEqualTo(401);
        }
        assertThat(signIn(running.password()).statusCode()).isEqualTo(429);
        now.set(now.get().plusSeconds(3));

        assertThat(signIn(running.password()).statusCode()).isEqualTo(303);
    }

    @Test
    void a_form_of_another_site_is_refused() throws Exception {
        HttpResponse<String> response = send(request("/sign-in")
                .header("content-type", "application/x-www-form-urlencoded")
                .header("origin", "http://evil.example")
                .POST(BodyPublishers.ofString("password=" + running.password())));

        assertThat(response.statusCode()).isEqualTo(403);
    }

    @Test
    void another_host_name_is_not_answered() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), running.port())) {
            socket.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 421");
        }
    }

    @Test
    void health_tells_started_live_and_ready_apart() throws Exception {
        assertThat(get("/health/started").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        health.ready = false;

        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void the_metrics_hold_the_sums_of_what_became_of_the_facts() throws Exception {
        fleet.counters().count(15, new Tally(5, 4, 3, 2, 1));

        assertThat(get("/metrics").body())
                .contains("kakunin_facts_received_total 15.0")
                .contains("kakunin_facts_total{outcome=\"stored\"} 5.0")
                .contains("kakunin_facts_total{outcome=\"held\"} 4.0")
                .contains("kakunin_facts_total{outcome=\"refused\"} 3.0")
                .contains("kakunin_facts_total{outcome=\"quarantined\"} 2.0")
                .contains("kakunin_facts_total{outcome=\"forgotten\"} 1.0")
                .contains("kakunin_events_total{event=\"resume\"}")
                .contains("kakunin_deferrals_open 0.0")
                .contains("kakunin_questions_open 0.0")
                .doesNotContain("1380000016");
    }

    @Test
    void the_local_api_needs_the_token_of_the_run_file() throws Exception {
        assertThat(get("/api/clinics").statusCode()).isEqualTo(401);
        assertThat(send(request("/api/clinics").header("authorization", "Bearer wrong"))
                        .statusCode())
                .isEqualTo(401);
        HttpResponse<String> clinics = send(request("/api/clinics").header("authorization", "Bearer " + TOKEN));

        assertThat(clinics.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(clinics.body()).getJsonArray("clinics").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("clinic", "1380000016")
                        .put("name", "さくら<接骨院>")
                        .put("state", "NOT_SEEN")
                        .put("unsent", 0)
                        .put("devices", 0));
    }

    @Test
    void the_local_api_tells_history_and_worklist_and_names_wrong_fields() throws Exception {
        String bearer = "Bearer " + TOKEN;
        HttpResponse<String> history =
                send(request("/api/history?clinic=1380000016&month=2026-11").header("authorization", bearer));

        assertThat(new JsonObject(history.body()).getJsonArray("visits")).isEmpty();
        assertThat(new JsonObject(send(request("/api/worklist").header("authorization", bearer))
                                .body())
                        .getJsonArray("items"))
                .isEmpty();
        assertThat(send(request("/api/history?clinic=1&month=2026-11").header("authorization", bearer))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(request("/api/history?clinic=1380000016&month=2026-09").header("authorization", bearer))
                        .statusCode())
                .isEqualTo(410);
    }

    @Test
    void the_hub_can_be_asked_to_stop() throws Exception {
        HttpResponse<String> response = send(
                request("/api/stop").header("authorization", "Bearer " + TOKEN).POST(BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(stopped.get(20, TimeUnit.SECONDS)).isEqualTo("asked");
    }
}
