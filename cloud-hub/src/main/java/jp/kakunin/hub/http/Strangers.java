package jp.kakunin.hub.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.concurrent.atomic.AtomicInteger;

/// Connections without a certificate: a device that is being activated has none yet. Few at a time and not for long, so
/// that nobody without one can take the places of those who have.
final class Strangers {
    static final int CONNECTIONS_MAX = 256;
    static final long LIFE_MILLIS = 30_000;

    private final Vertx vertx;
    private final AtomicInteger open = new AtomicInteger();

    Strangers(Vertx vertx) {
        this.vertx = vertx;
    }

    void connected(HttpConnection connection) {
        if (Callers.hasCertificate(connection)) {
            return;
        }
        if (open.incrementAndGet() > CONNECTIONS_MAX) {
            open.decrementAndGet();
            connection.close();
            return;
        }
        long timer = vertx.setTimer(LIFE_MILLIS, _ -> connection.close());
        connection.closeHandler(_ -> {
            vertx.cancelTimer(timer);
            open.decrementAndGet();
        });
    }
}
