package jp.kakunin.hub.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Hangs up on whoever comes while too many TLS handshakes run or too many connections are open, before TLS costs
/// anything. Sits in the pipeline of the listening socket.
///
/// Nobody waits in a queue here: it would be one for all, with those who have a patient behind those who have none, and
/// longer than anybody's patience. Edge nodes with a patient are back within two seconds, the others in their next
/// turn.
@Sharable
final class AcceptGate extends ChannelInboundHandlerAdapter {
    private final int handshakesMax;
    private final int connectionsMax;
    private final AtomicInteger handshakes = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder admitted = new LongAdder();
    private final LongAdder resumed = new LongAdder();
    private final LongAdder turnedAway = new LongAdder();

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

    /// Handshakes that came to their end.
    long admitted() {
        return admitted.sum();
    }

    /// Those of them that were short, because the device had been here before.
    long resumed() {
        return resumed.sum();
    }

    long turnedAway() {
        return turnedAway.sum();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) throws Exception {
        if (accepted instanceof Channel child) {
            if (handshakes.get() >= handshakesMax || connections.get() >= connectionsMax) {
                turnedAway.increment();
                child.unsafe().closeForcibly();
                return;
            }
            connections.incrementAndGet();
            handshakes.incrementAndGet();
            var watch = new HandshakeWatch();
            child.pipeline().addLast(watch);
            child.closeFuture().addListener(_ -> {
                watch.over();
                connections.decrementAndGet();
            });
        }
        super.channelRead(context, accepted);
    }

    /// Sees the first bytes of a connection; by then its TLS handler is in place and can be asked when it is done.
    private final class HandshakeWatch extends ChannelInboundHandlerAdapter {
        private final AtomicBoolean over = new AtomicBoolean();

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
            @Nullable SslHandler tls = context.pipeline().get(SslHandler.class);
            if (tls != null) {
                tls.handshakeFuture().addListener(done -> {
                    over();
                    if (done.isSuccess()) {
                        admitted.increment();
                        if (ResumingTls.isResumed(tls.engine())) {
                            resumed.increment();
                        }
                    }
                });
            }
            context.pipeline().remove(this);
            context.fireChannelRead(bytes);
        }

        void over() {
            if (over.compareAndSet(false, true)) {
                handshakes.decrementAndGet();
            }
        }
    }
}
