package jp.kakunin.hub.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Stops accepting while too many TLS handshakes run or too many connections are open, so that a storm of reconnects
/// waits in the system's queue, where it costs nothing. Sits in the pipeline of the listening socket.
///
/// One round of accepting may overshoot a limit by the few connections it takes at once.
@Sharable
final class AcceptGate extends ChannelInboundHandlerAdapter {
    private final int handshakesMax;
    private final int connectionsMax;
    private final AtomicInteger handshakes = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    AcceptGate(int handshakesMax, int connectionsMax) {
        this.handshakesMax = handshakesMax;
        this.connectionsMax = connectionsMax;
    }

    int handshakes() {
        return handshakes.get();
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) throws Exception {
        if (accepted instanceof Channel child) {
            Channel listening = context.channel();
            connections.incrementAndGet();
            handshakes.incrementAndGet();
            var watch = new HandshakeWatch(listening);
            child.pipeline().addLast(watch);
            child.closeFuture().addListener(_ -> {
                watch.over();
                connections.decrementAndGet();
                adjust(listening);
            });
            adjust(listening);
        }
        super.channelRead(context, accepted);
    }

    private void adjust(Channel listening) {
        boolean open = handshakes.get() < handshakesMax && connections.get() < connectionsMax;
        if (listening.config().isAutoRead() != open) {
            listening.config().setAutoRead(open);
        }
    }

    /// Sees the first bytes of a connection; by then its TLS handler is in place and can be asked when it is done.
    private final class HandshakeWatch extends ChannelInboundHandlerAdapter {
        private final Channel listening;
        private final AtomicBoolean over = new AtomicBoolean();

        HandshakeWatch(Channel listening) {
            this.listening = listening;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
            @Nullable SslHandler tls = context.pipeline().get(SslHandler.class);
            if (tls != null) {
                tls.handshakeFuture().addListener(_ -> over());
            }
            context.pipeline().remove(this);
            context.fireChannelRead(bytes);
        }

        void over() {
            if (over.compareAndSet(false, true)) {
                handshakes.decrementAndGet();
                adjust(listening);
            }
        }
    }
}
