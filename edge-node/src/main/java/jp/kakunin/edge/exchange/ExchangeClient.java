package jp.kakunin.edge.exchange;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jp.kakunin.codec.ExchangeCodec;
import jp.kakunin.edge.exchange.ConnectionState.Cause;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;

/// The line to the hub over HTTP/2 and TLS 1.3, with the device's certificate and trusting the hub's own authority
/// alone.
/// One connection, kept.
public final class ExchangeClient implements HubLink {
    private static final String PATH = "/v1/exchange";
    private static final int CONNECT_MILLIS_MAX = 5_000;
    private static final int HANDSHAKE_MILLIS_MAX = 10_000;
    private static final int CONNECTION_IDLE_SECONDS_MAX = 120;
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final Duration CLOSE_MAX = Duration.ofSeconds(2);

    /// The machine gives up first; this only cleans up behind it.
    private static final Duration ANSWER_MAX =
            Waits.PATIENCE.plus(Waits.PATIENCE_MARGIN).plusSeconds(5);

    private final HttpClientAgent client;
    private final RequestOptions options;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();

    public ExchangeClient(Vertx vertx, EdgeIdentity identity) {
        URI hub = identity.hub();
        client = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                        .setKeyCertOptions(credentials(identity))
                        .setTrustOptions(trust(identity))
                        .setConnectTimeout(CONNECT_MILLIS_MAX)
                        .setSslHandshakeTimeout(HANDSHAKE_MILLIS_MAX)
                        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setHttp2KeepAliveTimeout(CONNECTION_IDLE_SECONDS_MAX))
                .with(new PoolOptions().setHttp2MaxSize(1).setHttp1MaxSize(1))
                .withConnectHandler(this::connected)
                .build();
        options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(hub.resolve(PATH).toString())
                .putHeader(HttpHeaders.CONTENT_TYPE, ExchangeCodec.CONTENT_TYPE)
                .setConnectTimeout(CONNECT_MILLIS_MAX);
    }

    @Override
    public void renewed(EdgeIdentity identity) {
        client.updateSSLOptions(new ClientSSLOptions()
                        .setKeyCertOptions(credentials(identity))
                        .setTrustOptions(trust(identity))
                        .setUseAlpn(true)
                        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                        .setSslHandshakeTimeout(HANDSHAKE_MILLIS_MAX)
                        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS))
                .onSuccess(_ -> hangUp());
    }

    private static PemKeyCertOptions credentials(EdgeIdentity identity) {
        try {
            return new PemKeyCertOptions()
                    .addKeyValue(Buffer.buffer(identity.deviceKeyPem()))
                    .addCertPath(identity.deviceCertificate().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(identity.deviceKey() + " cannot be read: activate this device again", e);
        }
    }

    private static PemTrustOptions trust(EdgeIdentity identity) {
        return new PemTrustOptions().addCertPath(identity.hubCertificates().toString());
    }

    private void connected(HttpConnection connection) {
        connections.add(connection);
        connection.closeHandler(_ -> connections.remove(connection));
    }

    @Override
    public void send(Sending sending, Listener listener) {
        Buffer body = Buffer.buffer(ExchangeCodec.encode(sending.request()));
        client.request(options)
                .compose(request -> exchange(request, body))
                .map(bytes -> ExchangeCodec.decodeReply(bytes))
                .timeout(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(reply -> told(sending, listener, reply), failure -> failed(sending, listener, failure));
    }

    private static void told(Sending sending, Listener listener, Reply reply) {
        listener.replied(sending, reply);
    }

    private static void failed(Sending sending, Listener listener, Throwable failure) {
        switch (failure) {
            case RefusedDevice _ -> listener.refused(sending, Refusal.DEVICE_UNKNOWN);
            case SentAway away -> listener.sentAway(sending, away.retryAfter);
            case UnexpectedStatus status -> listener.failed(sending, status.cause);
            default -> listener.failed(sending, Causes.of(failure));
        }
    }

    private static Future<byte[]> exchange(HttpClientRequest request, Buffer body) {
        return request.send(body).compose(ExchangeClient::bodyOf);
    }

    private static Future<byte[]> bodyOf(HttpClientResponse response) {
        return switch (response.statusCode()) {
            case OK -> gathered(response);
            case FORBIDDEN -> gathered(response).compose(ExchangeClient::refused);
            case TOO_MANY, UNAVAILABLE -> {
                response.request().reset();
                yield Future.failedFuture(sentAway(response));
            }
            default -> {
                response.request().reset();
                yield Future.failedFuture(new UnexpectedStatus(response.statusCode()));
            }
        };
    }

    /// A date instead of seconds is as good as no word: this PC's clock may be wrong.
    private static RuntimeException sentAway(HttpClientResponse response) {
        String seconds = response.getHeader(HttpHeaders.RETRY_AFTER);
        return seconds != null && seconds.matches("[0-9]{1,6}")
                ? new SentAway(Duration.ofSeconds(Integer.parseInt(seconds)))
                : new UnexpectedStatus(response.statusCode(), Cause.BUSY);
    }

    /// The hub's own word, not that of somebody in the line who forbids something.
    private static Future<byte[]> refused(byte[] problem) {
        String text = new String(problem, StandardCharsets.UTF_8);
        if (text.contains("\"" + Refusal.DEVICE_UNKNOWN + "\"")) {
            return Future.failedFuture(new RefusedDevice());
        }
        return Future.failedFuture(
                text.contains("\"CERTIFICATE_EXPIRED\"")
                        ? new UnexpectedStatus(FORBIDDEN, Cause.EXPIRED)
                        : new UnexpectedStatus(FORBIDDEN));
    }

    private static Future<byte[]> gathered(HttpClientResponse response) {
        Promise<byte[]> whole = Promise.promise();
        Buffer gathered = Buffer.buffer();
        response.exceptionHandler(whole::tryFail);
        response.endHandler(_ -> whole.tryComplete(gathered.getBytes()));
        response.handler(part -> {
            if (gathered.length() + part.length() > Limits.FRAME_BYTES_MAX) {
                whole.tryFail(new UnexpectedStatus(OK));
                response.request().reset();
            } else {
                gathered.appendBuffer(part);
            }
        });
        return whole.future();
    }

    @Override
    public void hangUp() {
        connections.forEach(connection -> connection.close());
    }

    @Override
    public void close() {
        hangUp();
        try {
            client.close().await(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            // It closes by itself later; nothing depends on it.
        }
    }

    private static final class RefusedDevice extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedDevice() {
            super("the hub does not know this device", null, false, false);
        }
    }

    private static final class SentAway extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        SentAway(Duration retryAfter) {
            super("there is no room for it now", null, false, false);
            this.retryAfter = retryAfter;
        }
    }

    private static final class UnexpectedStatus extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Cause cause;

        UnexpectedStatus(int status) {
            this(status, Cause.HUB);
        }

        UnexpectedStatus(int status, Cause cause) {
            super("the hub answered with status " + status, null, false, false);
            this.cause = cause;
        }
    }
}
