package jp.kakunin.load.replay;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.internal.tcnative.SSL;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;

/// What all lines of a fleet share: the TLS context, and the addresses they come from. One source address has some
/// 28,000 ports, so a large fleet comes from several of the loopback network.
final class FleetNetwork {
    static final int EDGES_OF_ADDRESS_MAX = 20_000;

    private static final String HUB_ADDRESS = "127.0.0.1";
    private static final int CONNECT_MILLIS_MAX = 5_000;
    private static final int HANDSHAKE_MILLIS_MAX = 10_000;

    /// Two come with each connection, and those of the last one may be there still.
    private static final int TICKETS_OF_EDGE_MAX = 4;

    /// As long as an edge node's own TLS keeps them.
    private static final long TICKET_SECONDS_MAX = 24 * 60 * 60;

    private final SslContext tls;
    private final InetSocketAddress hub;
    private final int addresses;
    private final int ticketsMax;

    FleetNetwork(Identities identities) {
        int edges = identities.all().size();
        hub = new InetSocketAddress(
                InetAddress.ofLiteral(HUB_ADDRESS), identities.hub().getPort());
        ticketsMax = edges * TICKETS_OF_EDGE_MAX;
        addresses = edges / EDGES_OF_ADDRESS_MAX + 1;
        try {
            tls = SslContextBuilder.forClient()
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .protocols("TLSv1.3")
                    .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .keyManager(new DeviceKeys(identities.all()))
                    .trustManager(identities.ca())
                    .sessionCacheSize(ticketsMax)
                    .sessionTimeout(TICKET_SECONDS_MAX)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2))
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS 1.3 is not to be had in this Java machine", e);
        }
    }

    static IoHandlerFactory ioHandlers() {
        return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    String authority() {
        return HUB_ADDRESS + ":" + hub.getPort();
    }

    /// Between the socket and what speaks HTTP/2.
    SslHandler tlsOf(int edge, SocketChannel channel) {
        SslHandler handler = tls.newHandler(channel.alloc(), HUB_ADDRESS, DeviceKeys.portOf(edge));
        handler.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS_MAX);
        return handler;
    }

    /// The next connection of each edge is made as if it were its first.
    void forgetTickets() {
        tls.sessionContext().setSessionCacheSize(1);
        tls.sessionContext().setSessionCacheSize(ticketsMax);
    }

    /// Whether the handshake that is just done was a short one. Java's own TLS does not tell.
    static boolean isResumed(SslHandler tls) {
        return tls.engine() instanceof ReferenceCountedOpenSslEngine open && SSL.isSessionReused(open.sslPointer());
    }

    ChannelFuture connect(int edge, EventLoop loop, ChannelHandler initializer) {
        return new Bootstrap()
                .group(loop)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(initializer)
                .connect(hub, new InetSocketAddress(InetAddress.ofLiteral("127.0.0." + (2 + edge % addresses)), 0));
    }
}
