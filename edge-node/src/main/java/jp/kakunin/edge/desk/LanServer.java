package jp.kakunin.edge.desk;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jp.kakunin.edge.door.Lan;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens for tablets at one address, over TLS 1.3 alone. An address this PC does not have yet, or not any more, is
/// tried again: the desk on the PC does not wait for a network.
final class LanServer {
    static final int CONNECTIONS_MAX = 64;
    static final long RETRY_MILLIS = 30_000;

    private static final Logger LOG = LoggerFactory.getLogger(LanServer.class);
    private static final int CONNECTION_IDLE_SECONDS_MAX = 120;
    private static final int HANDSHAKE_SECONDS_MAX = 10;

    private final Vertx vertx;
    private final Lan lan;
    private final Router router;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile @Nullable HttpServer server;
    private volatile boolean stopped;

    LanServer(Vertx vertx, Lan lan, Router router) {
        this.vertx = vertx;
        this.lan = lan;
        this.router = router;
    }

    boolean isOpen() {
        return server != null;
    }

    /// Succeeds when it was tried once, whatever came of it.
    Future<Void> start() {
        HttpServer next = vertx.createHttpServer(options());
        return next.requestHandler(router)
                .connectionHandler(connection -> {
                    if (connections.incrementAndGet() > CONNECTIONS_MAX) {
                        connection.close();
                    }
                    connection.closeHandler(_ -> connections.decrementAndGet());
                })
                .listen(lan.address().port(), lan.address().host())
                .onSuccess(listening -> {
                    server = listening;
                    LOG.atInfo().addKeyValue("address", lan.address().url()).log("tablets can reach the desk");
                })
                .onFailure(failure -> {
                    LOG.atWarn()
                            .addKeyValue("address", lan.address().url())
                            .addKeyValue("failure", failure.toString())
                            .log("tablets cannot reach the desk; tried again");
                    if (!stopped) {
                        vertx.setTimer(RETRY_MILLIS, _ -> start());
                    }
                })
                .otherwiseEmpty()
                .mapEmpty();
    }

    Future<Void> stop() {
        stopped = true;
        HttpServer running = server;
        return running == null ? Future.succeededFuture() : running.close();
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setSsl(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addKeyValue(Buffer.buffer(lan.certificate().keyPem()))
                        .addCertValue(Buffer.buffer(lan.certificate().pem())))
                .setUseAlpn(false)
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS_MAX)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout(CONNECTION_IDLE_SECONDS_MAX)
                .setCompressionSupported(false);
    }
}
