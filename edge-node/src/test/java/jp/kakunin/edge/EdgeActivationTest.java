package jp.kakunin.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.kakunin.domain.InstitutionCode;
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

/// The wired edge between the desk and the activation pages.
final class EdgeActivationTest {
    private static final InstitutionCode CLINIC = new InstitutionCode("1380000016");
    private static final String FORM_AGAIN = "action=\"/activate/again\"";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_NANOS = 20_000_000;

    @TempDir
    private Path data;

    private LocalEdge local;

    @BeforeEach
    void enrol() throws IOException {
        local = LocalEdge.enrolled(data);
    }

    @Test
    void without_an_identity_there_is_a_page_to_get_one_and_nothing_else() throws EdgeStartException, IOException {
        Files.delete(data.resolve("edge/identity/identity.properties"));
        Edge edge = local.edge();
        URI desk = edge.start();

        assertThat(local.get("/api/status").getBoolean("activated")).isFalse();
        for (String path : new String[] {"", "visit?id=1", "open", "api/visits", "events"}) {
            HttpResponse<String> page = page(desk.resolve(path));
            assertThat(page.uri().getPath()).isEqualTo("/activate");
            assertThat(page.body()).contains("この端末を使えるようにする", "<label for=\"check\">");
        }
        local.post("/api/stop", new JsonObject());
        assertThat(edge.stopWish()).succeedsWithin(10, TimeUnit.SECONDS);
        edge.stop();
        assertThat(data.resolve("edge/edge.json")).doesNotExist();

        LocalEdge.enrolled(data);
        Edge enrolled = local.edge();
        assertThat(enrolled.start()).isEqualTo(desk);
        assertThat(local.get("/api/status").getBoolean("activated")).isTrue();
        assertThat(local.get("/api/status").getString("certificateUntil")).isNotBlank();
        enrolled.stop();
    }

    @Test
    void a_device_that_is_shut_out_goes_to_the_activation_pages_and_back_and_keeps_its_store() throws Exception {
        Edge first = local.edge();
        first.start();
        local.post("/api/visits/deferred", new JsonObject().put("patientName", "山田 花子"));
        first.stop();
        try (FactStore store = RocksFactStore.open(
                data.resolve("edge/store"),
                ClinicKeys.open(
                        new KeyFolder(data.resolve("edge/month-keys"), SecretFiles.ofSystem()), new SecureRandom()),
                Durability.SYNC)) {
            store.admission(CLINIC, new Admission(Refusal.DEVICE_REVOKED));
        }
        Edge edge = local.edge();
        URI desk = edge.start();
        assertThat(submit(desk, "/", "/activate/again").body()).contains("data-open=\"/activate\"");

        awaitPage(desk.resolve("/activate"), "<label for=\"check\">");
        assertThat(local.get("/api/status").getBoolean("activated")).isFalse();
        var passcode = new PasscodeFile(data.resolve("edge"));
        passcode.set(Objects.requireNonNull(Passcode.typed("1234")), new Random(3));
        assertThat(submit(desk, "/activate", "/activate/back").body()).contains("何も変わっていません");

        awaitPage(desk, "action=\"/unlock\"");
        assertThat(passcode.clear())
                .as("going back is no way round the passcode")
                .isTrue();
        awaitPage(desk, FORM_AGAIN);
        JsonObject status = local.get("/api/status");
        assertThat(status.getBoolean("activated")).isTrue();
        assertThat(status.getJsonObject("unsent").getInteger(CLINIC.digits())).isEqualTo(1);
        JsonObject visit = local.post("/api/checks", new JsonObject().put("method", "visual"));
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
}
