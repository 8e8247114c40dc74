package jp.kakunin.edge.exchange;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLPeerUnverifiedException;
import jp.kakunin.codec.ExchangeCodec;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Reply.Policy;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.exchange.Tally;

/// A hub on a real socket that takes everything and remembers streams; waits are held for a moment.
final class FakeHub implements AutoCloseable {
    private static final Incarnation LIFE = new Incarnation(new UUID(7, 1));
    private static final long WAIT_MILLIS = 500;

    final List<byte[]> taken = new CopyOnWriteArrayList<>();
    final Set<String> connections = ConcurrentHashMap.newKeySet();
    final List<String> versions = new CopyOnWriteArrayList<>();
    volatile Buffer insteadOfAnswer = Buffer.buffer();
    /// In seconds; with it, whoever comes is sent away.
    volatile String retryAfter = "";
    final Set<String> devices = ConcurrentHashMap.newKeySet();
    volatile boolean knowsTheDevice = true;
    volatile String notKnownAs = "DEVICE_UNKNOWN";
    volatile Instant time = Instant.now();

    private final Vertx vertx;
    private final HttpServer server;
    private final Map<Epoch, StreamPosition> streams = new HashMap<>();

    FakeHub(Vertx vertx, Path certificates, Path trusted, int port) {
        this.vertx = vertx;
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setClientAuth(ClientAuth.REQUIRED)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addKeyPath(certificates.resolve("hub-key.pem").toString())
                        .addCertPath(certificates.resolve("hub-cert.pem").toString()))
                .setTrustOptions(new PemTrustOptions().addCertPath(trusted.toString()));
        server = vertx.createHttpServer(options).requestHandler(this::handle);
        server.listen(port, "localhost").await();
    }

    int port() {
        return server.actualPort();
    }

    private void handle(HttpServerRequest request) {
        connections.add(request.connection().remoteAddress().toString());
        devices.add(nameOf(request));
        versions.add(request.version() + " " + request.sslSession().getProtocol());
        request.body().onSuccess(body -> {
            if (!retryAfter.isEmpty()) {
                request.response()
                        .setStatusCode(503)
                        .putHeader("Retry-After", retryAfter)
                        .end("<html>later</html>");
                return;
            }
            if (insteadOfAnswer.length() > 0) {
                request.response().end(insteadOfAnswer);
                return;
            }
            if (!knowsTheDevice) {
                request.response().setStatusCode(403).end("{\"title\":\"" + notKnownAs + "\",\"status\":403}");
                return;
            }
            switch (ExchangeCodec.decodeRequest(body.getBytes())) {
                case Request.Push push -> end(request, pushed(push));
                case Request.Wait wait -> {
                    var cursor = new Cursor(LIFE, Map.of());
                    var news = new Reply.News(wait.clinic(), List.of(), cursor, false);
                    vertx.setTimer(WAIT_MILLIS, _ -> end(request, news));
                }
            }
        });
    }

    private static String nameOf(HttpServerRequest request) {
        try {
            return request.sslSession().getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void end(HttpServerRequest request, Reply.Body body) {
        Reply reply = new Reply(LIFE, time, new Policy(Duration.ofMillis(200), "0.1.0"), body);
        request.response()
                .putHeader("content-type", ExchangeCodec.CONTENT_TYPE)
                .end(Buffer.buffer(ExchangeCodec.encode(reply)));
    }

    private Reply.Pushed pushed(Request.Push push) {
        List<StreamReply> replies = new ArrayList<>();
        for (Batch batch : push.batches()) {
            StreamPosition position = streams.getOrDefault(batch.epoch(), StreamPosition.START);
            Grant grant = new Grant(500, 1 << 20);
            if (!position.equals(batch.follows())) {
                replies.add(new StreamReply.Resume(batch.clinic(), batch.epoch(), position, grant, List.of()));
                continue;
            }
            for (SentFact sent : batch.facts()) {
                position = position.after(sent.fact());
                taken.add(sent.fact());
            }
            streams.put(batch.epoch(), position);
            Tally tally = new Tally(position.seq(), 0, 0, 0, 0);
            replies.add(new StreamReply.Acknowledged(batch.clinic(), batch.epoch(), position, grant, tally, List.of()));
        }
        return new Reply.Pushed(replies);
    }

    @Override
    public void close() {
        server.close().await();
    }
}
