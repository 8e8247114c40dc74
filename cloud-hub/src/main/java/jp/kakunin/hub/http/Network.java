package jp.kakunin.hub.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.transport.Transport;
import org.jspecify.annotations.Nullable;

/// The sockets of one hub: the system's own transport where there is one, behind an accept gate.
public final class Network {
    private final AcceptGate gate;
    private final Vertx vertx;

    public Network(VertxBuilder builder, HttpLimits limits) {
        this.gate = new AcceptGate(limits.handshakesMax(), limits.connectionsMax());
        this.vertx = builder.withTransport(GatedTransport.of(transport(), gate)).build();
    }

    public Vertx vertx() {
        return vertx;
    }

    /// TLS connections that are open, handshakes included.
    public int connections() {
        return gate.connections();
    }

    public int handshakes() {
        return gate.handshakes();
    }

    private static Transport transport() {
        @Nullable Transport epoll = Transport.EPOLL;
        return epoll != null && epoll.available() ? epoll : Transport.NIO;
    }
}
