package jp.kakunin.edge.exchange;

import static jp.kakunin.edge.store.Facts.CLINIC;
import static jp.kakunin.edge.store.Facts.check;
import static jp.kakunin.edge.store.Facts.live;
import static jp.kakunin.edge.store.Facts.withCard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.edge.disk.SecretFiles;
import jp.kakunin.edge.exchange.ConnectionState.Cause;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.edge.store.Facts;
import jp.kakunin.edge.store.MemoryDisk;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeCoreTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long POLL_NANOS = 10_000_000;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final MemoryDisk disk = new MemoryDisk();
    private final TreatmentMonth month = TreatmentMonth.at(Instant.now());
    private TlsFiles trusted;
    private FakeHub hub;
    private EdgeCore edge;
    private ExchangeClient client;

    @BeforeEach
    void hub_and_edge() throws Exception {
        trusted = new TlsFiles(directory, "authority");
        trusted.issue("hub");
        trusted.issue("device");
        hub = newHub(0);
        client = new ExchangeClient(vertx, identity("device", hub.port()));
        edge = newEdge(disk, client);
    }

    @AfterEach
    void stop() {
        edge.close();
        hub.close();
        vertx.close().await();
    }

    private FakeHub newHub(int port) {
        return new FakeHub(vertx, directory, trusted.authorityCertificate(), port);
    }

    private EdgeCore newEdge(MemoryDisk on, int port) throws Exception {
        return newEdge(on, new ExchangeClient(vertx, identity("device", port)));
    }

    private static EdgeCore newEdge(MemoryDisk on, ExchangeClient line) {
        long start = System.nanoTime();
        EdgeCore core = new EdgeCore(
                List.of(CLINIC),
                on.open(),
                line,
                InstantSource.system(),
                () -> Duration.ofNanos(System.nanoTime() - start),
                new Random(),
                "0.1.0");
        core.start();
        return core;
    }

    private EdgeIdentity identity(String name, int port) throws Exception {
        return new EdgeIdentity(
                DeviceId.parse("00000000-0000-4000-8000-000000000001"),
                URI.create("https://localhost:" + port),
                KeyPairGenerator.getInstance("X25519").generateKeyPair().getPublic(),
                List.of(),
                directory.resolve(name + "-key.pem"),
                directory.resolve(name + "-cert.pem"),
                trusted.authorityCertificate(),
                SecretFiles.ofSystem());
    }

    @Test
    void a_renewed_certificate_opens_the_next_connection() throws Exception {
        await(() -> hub.devices.contains("CN=device"));
        trusted.issue("renewed");
        client.renewed(identity("renewed", hub.port()));

        await(() -> hub.devices.contains("CN=renewed"));
        edge.record(List.of(live(checkNow(1)))).join();
        await(() -> hub.taken.size() == 1);
    }

    @Test
    void an_ended_certificate_is_told_and_hides_nothing() {
        await(() -> edge.connection() instanceof ConnectionState.Connected);
        edge.record(List.of(live(checkNow(1)))).join();
        hub.notKnownAs = "CERTIFICATE_EXPIRED";
        hub.knowsTheDevice = false;

        await(() ->
                edge.connection() instanceof ConnectionState.Offline(Instant _, Cause cause) && cause == Cause.EXPIRED);
        assertThat(edge.around(CLINIC, month).join().facts()).isNotEmpty();
    }

    @Test
    void what_is_recorded_reaches_the_hub_over_one_http_2_connection_with_tls_1_3() {
        edge.record(List.of(live(checkNow(1)))).join();
        await(() -> hub.taken.size() == 1);
        assertThat(hub.taken.getFirst()).isEqualTo(FactCodec.encode(checkNow(1)));
        await(() -> edge.around(CLINIC, month).join().unacknowledged().isEmpty());
        assertThat(edge.connection()).isInstanceOf(ConnectionState.Connected.class);
        assertThat(hub.connections).hasSize(1);
        assertThat(hub.versions).containsOnly("HTTP_2 TLSv1.3");
    }

    @Test
    void it_comes_back_by_itself_when_the_hub_does() {
        await(() -> edge.connection() instanceof ConnectionState.Connected);
        int port = hub.port();
        hub.close();
        edge.record(List.of(withCard(checkNow(1)))).join();
        await(() -> edge.connection() instanceof ConnectionState.Offline(Instant _, Cause cause) && cause == Cause.TCP);
        hub = newHub(port);
        await(() -> hub.taken.size() == 1);
    }

    @Test
    void a_hub_of_another_authority_is_not_believed() {
        TlsFiles stranger = new TlsFiles(directory, "stranger");
        int port = hub.port();
        hub.close();
        stranger.issue("hub");
        hub = newHub(port);
        await(() -> edge.connection() instanceof ConnectionState.Offline(Instant _, Cause cause) && cause == Cause.TLS);
        assertThat(hub.taken).isEmpty();
    }

    @Test
    void whoever_answers_without_TLS_is_told_from_a_certificate_that_does_not_fit() {
        int port = hub.port();
        hub.close();
        // A server that could not listen does not listen later.
        await(() -> vertx.createHttpServer()
                        .requestHandler(request -> request.response().end())
                        .listen(port, "localhost")
                        .otherwiseEmpty()
                        .await()
                != null);

        await(() ->
                edge.connection() instanceof ConnectionState.Offline(Instant _, Cause cause) && cause == Cause.PORTAL);
    }

    @Test
    void a_hub_without_room_is_left_alone_for_as_long_as_it_says() {
        hub.retryAfter = "1";
        await(() ->
                edge.connection() instanceof ConnectionState.Offline(Instant _, Cause cause) && cause == Cause.BUSY);

        hub.retryAfter = "";

        await(() -> edge.connection() instanceof ConnectionState.Connected);
    }

    @Test
    void an_answer_that_is_no_reply_or_too_long_is_an_outage_of_the_hub() {
        for (Buffer answer :
                List.of(Buffer.buffer("<html>login</html>"), Buffer.buffer(new byte[Limits.FRAME_BYTES_MAX + 1]))) {
            hub.insteadOfAnswer = answer;
            await(() ->
                    edge.connection() instanceof ConnectionState.Offline(Instant _, Cause cause) && cause == Cause.HUB);
            hub.insteadOfAnswer = Buffer.buffer();
            await(() -> edge.connection() instanceof ConnectionState.Connected);
        }
    }

    @Test
    void P5_a_device_the_hub_does_not_know_hides_its_facts_also_after_a_restart_without_a_hub() throws Exception {
        edge.record(List.of(live(checkNow(1)))).join();
        await(() -> hub.taken.size() == 1);
        hub.knowsTheDevice = false;
        await(() -> edge.connection() instanceof ConnectionState.Refused(Instant _, Refusal refusal)
                && refusal == Refusal.DEVICE_UNKNOWN);
        assertThat(edge.facts(CLINIC, month).join()).isEmpty();

        int port = hub.port();
        edge.close();
        hub.close();
        edge = newEdge(disk, port);
        assertThat(edge.facts(CLINIC, month).join()).isEmpty();
        assertThat(edge.around(CLINIC, month).join().facts()).isEmpty();

        hub = newHub(port);
        edge.record(List.of(live(checkNow(2)))).join();
        await(() -> edge.facts(CLINIC, month).join().size() == 2);
        assertThat(edge.connection()).isInstanceOf(ConnectionState.Connected.class);
    }

    @Test
    void the_desk_hears_of_changes() {
        CompletableFuture<Void> heard = new CompletableFuture<>();
        await(() -> edge.connection() instanceof ConnectionState.Connected);
        edge.onChange(() -> heard.complete(null));
        edge.record(List.of(withCard(checkNow(1)))).join();
        heard.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void closed_months_are_hidden() {
        TreatmentMonth closed = month.previous().previous();
        Fact old = check(Facts.envelope(1, CLINIC, closed, false), 1, VisitKind.INITIAL, false);
        edge.record(List.of(live(old), live(checkNow(2)))).join();
        assertThat(edge.facts(CLINIC, closed).join()).isEmpty();
        assertThat(edge.facts(CLINIC, month).join()).containsExactly(checkNow(2));
    }

    @Test
    void the_hub_s_time_becomes_the_edge_s() {
        hub.time = Instant.now().plus(10, ChronoUnit.DAYS);
        await(() -> edge.now().isAfter(Instant.now().plus(9, ChronoUnit.DAYS)));
        assertThat(edge.clockDoubtful()).isFalse();
    }

    @Test
    void a_full_disk_refuses_the_check_and_goes_on() {
        disk.full(true);
        edge.record(List.of(withCard(checkNow(1)))).join();
        assertThatThrownBy(() -> edge.record(List.of(withCard(checkNow(2)))).join())
                .hasRootCauseMessage("the disk is full: make space on it; until then write checks on paper");
        disk.full(false);
        edge.record(List.of(withCard(checkNow(3)))).join();
        assertThat(edge.facts(CLINIC, month).join()).containsExactly(checkNow(1), checkNow(3));
    }

    @Test
    void after_the_stop_it_takes_nothing_more() {
        edge.stop("shutdown");
        assertThatThrownBy(() -> edge.record(List.of(withCard(checkNow(1)))).join())
                .hasRootCauseMessage("the edge has stopped");
    }

    private Fact.CheckRecorded checkNow(int n) {
        return check(n, month, VisitKind.INITIAL, true);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
