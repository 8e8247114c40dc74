package jp.kakunin.hub.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jp.kakunin.codec.ExchangeCodec;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.DueState;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.exchange.DeviceReport;
import jp.kakunin.exchange.DeviceReport.ReaderCondition;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.hub.activation.Activation;
import jp.kakunin.hub.authority.AuthorityHealth;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.hub.fleet.Clinic;
import jp.kakunin.hub.fleet.ClinicRegister;
import jp.kakunin.hub.fleet.DeviceRegister;
import jp.kakunin.hub.fleet.EnrolledDevice;
import jp.kakunin.hub.fleet.FileDeviceDirectory;
import jp.kakunin.hub.history.MonthHistory;
import jp.kakunin.hub.journal.Durability;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.RocksJournal;
import jp.kakunin.hub.pki.CertificateAuthority;
import jp.kakunin.hub.pki.DeviceCertificate;
import jp.kakunin.hub.pki.HubKeys;
import jp.kakunin.hub.pki.KeyedCertificate;
import jp.kakunin.hub.pki.TicketKeys;
import jp.kakunin.keys.MonthKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The exchange port over real TLS; behind it stands a hub that notes who asked and answers with an empty push.
final class ExchangeServerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T01:00:00Z");
    private static final Instant END = NOW.plus(DeviceCertificate.LIFE);
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final InstitutionCode SAKURA = new InstitutionCode("1380000016");
    private static final InstitutionCode MOMIJI = new InstitutionCode("1390000029");
    private static final HttpLimits LIMITS =
            new HttpLimits(100, 1, 64, 8, 64 * 1024, 1024 * 1024, Duration.ofSeconds(60), Duration.ofSeconds(10));

    private record Asked(DeviceId device, Request request, CompletableFuture<Reply> reply) {}

    @TempDir
    Path folder;

    private final IdSource ids = new IdSource(CLOCK, new Random(7));
    private final LinkedBlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    private final Map<DeviceId, EnrolledDevice> devices = new LinkedHashMap<>();
    private Hub hub;

    private record Hub(
            Network network,
            CertificateAuthority ca,
            Journal journal,
            int port,
            DeviceId device,
            KeyedCertificate identity) {}

    @BeforeEach
    void open() throws Exception {
        var ca = CertificateAuthority.openOrMake(folder.resolve("ca"), new SecureRandom());
        DeviceId device = ids.device();
        KeyedCertificate identity = ca.issue(device, END);
        new ClinicRegister(folder.resolve("clinics.csv"))
                .write(new TreeMap<>(Map.of(
                        SAKURA, new Clinic(SAKURA, "さくら", LocalDate.of(2026, 11, 1)),
                        MOMIJI, new Clinic(MOMIJI, "もみじ", LocalDate.of(2026, 11, 1)))));
        register(device, identity, EnrolledDevice.State.ACTIVE);
        var journal = RocksJournal.open(
                folder.resolve("store"),
                MonthKeys.open(new KeyFolder(folder.resolve("month-keys")), new SecureRandom()),
                Durability.SYNC,
                new Random(1));
        var network = new Network(Vertx.builder(), LIMITS);
        var server = new ExchangeServer(
                network.vertx(),
                ca,
                TicketKeys.open(folder.resolve("ticket-keys"), new SecureRandom(), NOW),
                LIMITS,
                new FileDeviceDirectory(folder.resolve("clinics.csv"), folder.resolve("devices.csv")),
                this::answer,
                new MonthHistory(journal, CLOCK, reader),
                new Activation(
                        new HubFolder(folder),
                        ca,
                        HubKeys.openOrMake(folder.resolve("keys"), new SecureRandom()),
                        "https://localhost",
                        CLOCK,
                        ids,
                        new SecureRandom()),
                reader,
                new AuthorityHealth(),
                CLOCK,
                DueState.FILING_DAY);
        int port = server.listen(0).toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        hub = new Hub(network, ca, journal, port, device, identity);
    }

    @AfterEach
    void close() throws Exception {
        hub.network().vertx().close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        reader.shutdownNow();
        hub.journal().close();
    }

    private void register(DeviceId device, KeyedCertificate identity, EnrolledDevice.State state) throws IOException {
        devices.put(
                device,
                new EnrolledDevice(
                        device,
                        "desk",
                        state,
                        Set.of(SAKURA),
                        Set.of(),
                        List.of(DeviceCertificate.fingerprint(identity.certificate())),
                        identity.certificate().getNotAfter().toInstant(),
                        LocalDate.of(2026, 11, 1)));
        new DeviceRegister(folder.resolve("devices.csv")).write(devices);
    }

    /// Pushes are answered at once, waits are parked.
    private CompletableFuture<Reply> answer(DeviceId device, Request request) {
        var reply = new CompletableFuture<Reply>();
        if (request instanceof Request.Push) {
            reply.complete(new Reply(ids.incarnation(), NOW, Reply.Policy.DEFAULT, new Reply.Pushed(List.of())));
        }
        asked.add(new Asked(device, request, reply));
        return reply;
    }

    private TestClient client() throws Exception {
        return new TestClient(hub.port(), hub.ca().certificate(), hub.identity());
    }

    private byte[] push() {
        var report = new DeviceReport(NOW, Duration.ofMinutes(5), "0.1.0", ReaderCondition.EMPTY, null);
        return ExchangeCodec.encode(new Request.Push(ids.instance(), report, List.of()));
    }

    private static String code(HttpResponse<byte[]> response) {
        return new JsonObject(new String(response.body(), StandardCharsets.UTF_8)).getString("title");
    }

    @Test
    void a_device_with_its_certificate_is_answered_over_http_2() throws Exception {
        try (var client = client()) {
            HttpResponse<byte[]> response = client.post(push());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(response.headers().firstValue("content-type")).contains(ExchangeCodec.CONTENT_TYPE);
            assertThat(ExchangeCodec.decodeReply(response.body()).body()).isEqualTo(new Reply.Pushed(List.of()));
            assertThat(asked.remove().device()).isEqualTo(hub.device());
        }
    }

    @Test
    void a_device_is_told_the_time_its_state_its_clinics_and_how_the_authority_is() throws Exception {
        try (var client = client()) {
            HttpResponse<byte[]> response = client.get("/v1/status");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(new JsonObject(new String(response.body(), StandardCharsets.UTF_8)))
                    .isEqualTo(new JsonObject()
                            .put("hubTime", NOW.toString())
                            .put("device", "ACTIVE")
                            .put("clinics", new JsonArray().add("1380000016"))
                            .put("authority", "ANSWERS"));
            register(hub.device(), hub.identity(), EnrolledDevice.State.REVOKED);
            JsonObject revoked =
                    new JsonObject(new String(client.get("/v1/status").body(), StandardCharsets.UTF_8));
            assertThat(revoked.getString("device")).isEqualTo("REVOKED");
            assertThat(revoked.getJsonArray("clinics")).isEmpty();
        }
        try (var stranger = new TestClient(hub.port(), hub.ca().certificate(), null)) {
            assertThat(stranger.get("/v1/status").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void without_a_certificate_there_is_no_exchange() throws Exception {
        try (var client = new TestClient(hub.port(), hub.ca().certificate(), null)) {
            for (HttpResponse<byte[]> response : List.of(
                    client.post(push()),
                    client.get("/v1/clinics/1380000016/months/2026-11/visits"),
                    client.send(client.request("/v1/renewal").POST(HttpRequest.BodyPublishers.noBody())))) {
                assertThat(response.statusCode()).isEqualTo(403);
                assertThat(code(response)).isEqualTo("CERTIFICATE_UNUSABLE");
            }
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void a_certificate_of_another_ca_is_refused() throws Exception {
        var other = CertificateAuthority.openOrMake(folder.resolve("other"), new SecureRandom());
        try (var client = new TestClient(hub.port(), hub.ca().certificate(), other.issue(hub.device(), END))) {
            // The client sees that the hub would not take it, and comes without.
            assertThat(code(client.post(push()))).isEqualTo("CERTIFICATE_UNUSABLE");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void an_older_certificate_of_the_same_device_is_refused() throws Exception {
        register(hub.device(), hub.ca().issue(hub.device(), END), EnrolledDevice.State.ACTIVE);
        try (var client = client()) {
            HttpResponse<byte[]> response = client.post(push());

            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(code(response)).isEqualTo("DEVICE_UNKNOWN");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void a_certificate_that_has_ended_is_told_so() throws Exception {
        KeyedCertificate ended = hub.ca().issue(hub.device(), NOW.minusSeconds(1));
        register(hub.device(), ended, EnrolledDevice.State.ACTIVE);
        try (var client = new TestClient(hub.port(), hub.ca().certificate(), ended)) {
            HttpResponse<byte[]> response = client.post(push());

            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(code(response)).isEqualTo("CERTIFICATE_EXPIRED");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void the_certificate_of_the_server_opens_nothing() throws Exception {
        try (var client =
                new TestClient(hub.port(), hub.ca().certificate(), hub.ca().server())) {
            assertThatThrownBy(() -> client.post(push())).isInstanceOf(IOException.class);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void a_body_over_the_limit_is_refused_by_its_announced_length() throws Exception {
        try (var client = client()) {
            HttpResponse<byte[]> response = client.post(new byte[LIMITS.bodyBytesMax() + 1]);

            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(code(response)).isEqualTo("BODY_TOO_LARGE");
            assertThat(client.post(push()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_frame_that_cannot_be_read_is_told_so() throws Exception {
        try (var client = client()) {
            HttpResponse<byte[]> response = client.post(new byte[] {1, 2, 3});

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(code(response)).isEqualTo("FRAME_MALFORMED");
            assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("Nothing was stored");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void only_posts_of_the_right_content_type_are_looked_at() throws Exception {
        try (var client = client()) {
            assertThat(client.post(push(), "application/octet-stream").statusCode())
                    .isEqualTo(415);
            assertThat(client.get("/v1/exchange").statusCode()).isEqualTo(405);
            assertThat(client.get("/").statusCode()).isEqualTo(404);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void a_wait_is_given_up_when_its_device_is_gone() throws Exception {
        byte[] wait = ExchangeCodec.encode(new Request.Wait(ids.instance(), SAKURA, null, 100, Duration.ofSeconds(50)));
        Asked parked;
        try (var client = client()) {
            HttpRequest request = client.request("/v1/exchange")
                    .header("content-type", ExchangeCodec.CONTENT_TYPE)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(wait))
                    .build();
            var unanswered = client.http().sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
            parked = asked.poll(20, TimeUnit.SECONDS);
            assertThat(parked).isNotNull();
            assertThat(parked.reply()).isNotDone();
            assertThat(unanswered).isNotDone();
        }

        assertThat(parked.reply().handle((_, failure) -> failure != null).get(20, TimeUnit.SECONDS))
                .isTrue();
        assertThat(parked.reply()).isCancelled();
    }

    @Test
    void a_device_reads_the_months_of_its_own_clinic_only() throws Exception {
        try (var client = client()) {
            HttpResponse<byte[]> own = client.get("/v1/clinics/1380000016/months/2026-11/visits");
            HttpResponse<byte[]> others = client.get("/v1/clinics/1390000029/months/2026-11/visits");
            HttpResponse<byte[]> nobodys = client.get("/v1/clinics/9999999999/months/2026-11/visits");

            assertThat(own.statusCode()).isEqualTo(200);
            assertThat(new JsonObject(new String(own.body(), StandardCharsets.UTF_8)).getJsonArray("visits"))
                    .isEmpty();
            assertThat(others.statusCode()).isEqualTo(404);
            assertThat(others.body()).isEqualTo(nobodys.body());
        }
    }

    @Test
    void a_closed_month_is_gone_and_a_wrong_one_is_named() throws Exception {
        try (var client = client()) {
            assertThat(client.get("/v1/clinics/1380000016/months/2026-09/visits")
                            .statusCode())
                    .isEqualTo(410);
            assertThat(client.get("/v1/clinics/1380000016/months/2026-10/visits")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(client.get("/v1/clinics/1380000016/months/November/visits")
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void a_revoked_device_reads_nothing_any_more() throws Exception {
        try (var client = client()) {
            String path = "/v1/clinics/1380000016/months/2026-11/visits";
            assertThat(client.get(path).statusCode()).isEqualTo(200);
            register(hub.device(), hub.identity(), EnrolledDevice.State.REVOKED);

            assertThat(client.get(path).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void who_comes_while_all_handshakes_are_taken_is_turned_away() throws Exception {
        try (var client = client()) {
            // The one handshake allowed here belongs to a peer that says nothing.
            try (var silent = new Socket(InetAddress.getLoopbackAddress(), hub.port())) {
                assertThat(silent.isConnected()).isTrue();
                while (hub.network().handshakes() == 0) {
                    Thread.onSpinWait();
                }
                assertThatThrownBy(() -> client.get("/")).isInstanceOf(IOException.class);
                assertThat(hub.network().connections()).isEqualTo(1);
                assertThat(hub.network().turnedAway()).isPositive();
            }
            while (hub.network().handshakes() > 0) {
                Thread.onSpinWait();
            }
            assertThat(client.get("/").statusCode()).isEqualTo(404);
        }
    }
}
