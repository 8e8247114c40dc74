package jp.kakunin.load.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.edge.exchange.ConnectionState;
import jp.kakunin.edge.exchange.ExchangeClient;
import jp.kakunin.edge.exchange.HubLink;
import jp.kakunin.edge.exchange.Sending;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.DeviceReport;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.hub.Hub;
import jp.kakunin.hub.HubConfig;
import jp.kakunin.hub.HubWorld;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.enrolment.Enrolment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The edge node's own line and a hub that was started again: the tickets of before are still good.
final class ComingBackTest {
    private static final InstitutionCode CLINIC = new InstitutionCode("1380000016");

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final IdSource ids = new IdSource(InstantSource.system(), new SecureRandom());
    private long tickets;

    @Test
    void an_edge_node_comes_back_without_a_full_handshake() throws Exception {
        var clinics = new TreeMap<InstitutionCode, String>();
        clinics.put(CLINIC, "a clinic");
        Path site = folder.resolve("reception");
        Path data = folder.resolve("hub");
        new Enrolment(new HubFolder(data), InstantSource.system(), new SecureRandom())
                .enrol(new Enrolment.Wish("device", clinics, site.resolve("identity"), false));
        ExchangeClient line = new ExchangeClient(vertx, EdgeIdentity.read(site.resolve("identity")));
        try {
            Hub first = new Hub(HubConfig.of(data), HubWorld.system());
            first.start();
            greet(line);
            assertThat(resumed(first)).isZero();
            first.stop();
            line.hangUp();

            Hub second = new Hub(HubConfig.of(data), HubWorld.system());
            second.start();
            greet(line);
            assertThat(resumed(second)).isEqualTo(1);
            second.stop();
        } finally {
            line.close();
            vertx.close().await();
        }
    }

    /// Returns when the hub has answered.
    private void greet(ExchangeClient line) throws Exception {
        var said = new DeviceReport(
                InstantSource.system().instant(), Duration.ZERO, "0.1.0", DeviceReport.ReaderCondition.EMPTY, null);
        var greeting = new Batch(CLINIC, ids.epoch(), StreamPosition.START, List.of(), false, Backlog.NONE);
        var answered = new CompletableFuture<Reply>();
        line.send(
                new Sending(++tickets, new Request.Push(ids.instance(), said, List.of(greeting))),
                new HubLink.Listener() {
                    @Override
                    public void replied(Sending sending, Reply reply) {
                        answered.complete(reply);
                    }

                    @Override
                    public void refused(Sending sending, Refusal refusal) {
                        answered.completeExceptionally(new IllegalStateException(refusal.toString()));
                    }

                    @Override
                    public void failed(Sending sending, ConnectionState.Cause cause) {
                        answered.completeExceptionally(new IllegalStateException(cause.toString()));
                    }

                    @Override
                    public void sentAway(Sending sending, Duration retryAfter) {
                        answered.completeExceptionally(new IllegalStateException("sent away"));
                    }
                });
        assertThat(answered.get(60, TimeUnit.SECONDS).body()).isInstanceOf(Reply.Pushed.class);
    }

    private static double resumed(Hub hub) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(hub.consoleUrl() + "metrics"));
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("kakunin_edge_resumed_total"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        }
    }
}
