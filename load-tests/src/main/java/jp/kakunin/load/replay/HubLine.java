package jp.kakunin.load.replay;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jp.kakunin.codec.ExchangeCodec;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;

/// The real line: one connection, HTTP/2 over TLS 1.3 with the device's own certificate, kept open.
public final class HubLine implements AutoCloseable {
    private static final String PATH = "/v1/exchange";
    private static final int OK = 200;
    private static final int CONNECT_MILLIS_MAX = 10_000;
    private static final long ANSWER_MILLIS_MAX =
            Limits.WAIT_MAX.plusSeconds(15).toMillis();

    private final HttpClient client;
    private final RequestOptions options;

    public HubLine(Vertx vertx, DeviceIdentity identity) {
        client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setSslEngineOptions(new OpenSSLEngineOptions())
                        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addKeyPath(file(identity, "device-key.pem"))
                                .addCertPath(file(identity, "device-cert.pem")))
                        .setTrustOptions(new PemTrustOptions().addCertPath(file(identity, "hub-ca.pem")))
                        .setConnectTimeout(CONNECT_MILLIS_MAX),
                new PoolOptions().setHttp2MaxSize(1).setHttp1MaxSize(1));
        options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(identity.hub().resolve(PATH).toString())
                .putHeader(HttpHeaders.CONTENT_TYPE, ExchangeCodec.CONTENT_TYPE);
    }

    /// Fails when there was no reply: then nobody knows what became of the request.
    public CompletableFuture<Reply> exchange(Request request) {
        return send(ExchangeCodec.encode(request));
    }

    /// As [#exchange], for a body encoded beforehand.
    public CompletableFuture<Reply> send(byte[] body) {
        return client.request(options)
                // The body is asked for where the head arrives: a turn later, parts of a long one have passed by.
                .compose(request -> request.send(Buffer.buffer(body)).compose(HubLine::bodyOf))
                .map(bytes -> ExchangeCodec.decodeReply(bytes.getBytes()))
                .timeout(ANSWER_MILLIS_MAX, TimeUnit.MILLISECONDS)
                .toCompletionStage()
                .toCompletableFuture();
    }

    @Override
    public void close() {
        // Nobody waits for it: the connections end with their Vert.x at the latest.
        var _ = client.close();
    }

    private static Future<Buffer> bodyOf(HttpClientResponse response) {
        return response.statusCode() == OK
                ? response.body()
                : Future.failedFuture(new UnexpectedStatusException(response.statusCode()));
    }

    private static String file(DeviceIdentity identity, String name) {
        return identity.folder().resolve(name).toString();
    }

    /// The hub answered, but not with a reply of the exchange.
    static final class UnexpectedStatusException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnexpectedStatusException(int status) {
            super("status " + status, null, false, false);
        }
    }
}
