package jp.kakunin.edge.desk;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
    private final Set<HttpConnection> connections = new LinkedHashSet<>();
    private final Set<HttpConnection> paired = new HashSet<>();
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
                .connectionHandler(this::join)
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

    /// When there are too many, the one that has been a stranger for longest makes room: nobody on the network can
    /// keep the tablets out by holding connections.
    private synchronized void join(HttpConnection connection) {
        connection.closeHandler(_ -> leave(connection));
        connections.add(connection);
        if (connections.size() > CONNECTIONS_MAX) {
            connections.stream()
                    .filter(each -> !paired.contains(each))
                    .findFirst()
                    .ifPresent(each -> {
                        leave(each);
                        each.close();
                    });
        }
    }

    private synchronized void leave(HttpConnection connection) {
        connections.remove(connection);
        paired.remove(connection);
    }

    /// A paired tablet asks over this connection.
    synchronized void isPaired(HttpConnection connection) {
        if (connections.contains(connection)) {
            paired.add(connection);
        }
    }

    /// A tablet was removed: each has to show again that it is paired.
    synchronized void lookAgain() {
        paired.clear();
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
