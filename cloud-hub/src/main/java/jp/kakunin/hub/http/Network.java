package jp.kakunin.hub.http;

import com.sun.management.UnixOperatingSystemMXBean;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.transport.Transport;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sockets of one hub: the system's own transport where there is one, behind an accept gate.
public final class Network {
    private static final Logger LOG = LoggerFactory.getLogger(Network.class);

    /// Open files kept for the store, the console and the rest.
    private static final int FILES_BESIDES = 2_000;

    private final AcceptGate gate;
    private final Vertx vertx;

    public Network(VertxBuilder builder, HttpLimits limits) {
        this.gate = new AcceptGate(limits.handshakesMax(), connectionsMax(limits));
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

    public long admitted() {
        return gate.admitted();
    }

    public long resumed() {
        return gate.resumed();
    }

    public long turnedAway() {
        return gate.turnedAway();
    }

    /// A store that can open no more files is worse than a device that is turned away.
    private static int connectionsMax(HttpLimits limits) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            long files = system.getMaxFileDescriptorCount();
            long allowed = Math.max(files / 2, files - FILES_BESIDES);
            if (allowed < limits.connectionsMax()) {
                LOG.info(
                        "{} edge nodes at most can be connected: the system allows this process {} open files",
                        allowed,
                        files);
                return (int) allowed;
            }
        }
        return limits.connectionsMax();
    }

    private static Transport transport() {
        @Nullable Transport epoll = Transport.EPOLL;
        return epoll != null && epoll.available() ? epoll : Transport.NIO;
    }
}
