package jp.kakunin.load.hotpath;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import jp.kakunin.codec.ExchangeCodec;
import org.jspecify.annotations.Nullable;

/// One device's connection to the hub: HTTP/2 over TLS 1.3 with its own certificate. As small as it can be on top of
/// Netty, and of one event loop: [#ask] is called there, and takers are told there.
final class Wire {
    private static final int CONNECT_MILLIS_MAX = 5_000;

    private final InetSocketAddress hub;
    private final Channel channel;
    private final Streams streams;

    /// Who waits for an answer.
    interface Taker {
        void answered(int status, byte[] body);

        void failed(Throwable cause);
    }

    private Wire(InetSocketAddress hub, Channel channel, Streams streams) {
        this.hub = hub;
        this.channel = channel;
        this.streams = streams;
    }

    static IoHandlerFactory ioHandlers() {
        return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    /// Completes when requests can be sent.
    static CompletableFuture<Wire> connect(SslContext tls, InetSocketAddress hub, EventLoop loop) {
        CompletableFuture<Wire> open = new CompletableFuture<>();
        Streams streams = new Streams();
        var _ = new Bootstrap()
                .group(loop)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel made) {
                        streams.shaken = () -> open.complete(new Wire(hub, made, streams));
                        streams.lost = open::completeExceptionally;
                        made.pipeline()
                                .addLast(
                                        tls.newHandler(made.alloc(), hub.getHostString(), hub.getPort()),
                                        Http2FrameCodecBuilder.forClient()
                                                .initialSettings(Http2Settings.defaultSettings()
                                                        .pushEnabled(false))
                                                .validateHeaders(false)
                                                .build(),
                                        streams);
                    }
                })
                .connect(hub)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        open.completeExceptionally(connected.cause());
                    }
                });
        return open;
    }

    /// What all pushes of a connection begin with.
    Http2Headers push() {
        return headers("POST", "/v1/exchange").set("content-type", ExchangeCodec.CONTENT_TYPE);
    }

    Http2Headers get(String path) {
        return headers("GET", path);
    }

    void ask(Http2Headers headers, byte[] body, int length, Taker taker) {
        streams.ask(headers, length == 0 ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body, 0, length), taker);
    }

    void close() {
        var _ = channel.close();
    }

    private Http2Headers headers(String method, String path) {
        return new DefaultHttp2Headers(false)
                .method(method)
                .scheme("https")
                .authority(hub.getHostString() + ":" + hub.getPort())
                .path(path);
    }

    /// An answer on its way.
    private static final class Pending {
        final Taker taker;
        int status;
        byte[] body = new byte[0];

        Pending(Taker taker) {
            this.taker = taker;
        }
    }

    private static final class Streams extends Http2ChannelDuplexHandler {
        private final Map<Http2FrameStream, Pending> pending = new HashMap<>();
        private Runnable shaken = () -> {};
        private Consumer<Throwable> lost = _ -> {};
        private @Nullable ChannelHandlerContext context;

        @Override
        protected void handlerAdded0(ChannelHandlerContext added) {
            context = added;
        }

        void ask(Http2Headers headers, ByteBuf body, Taker taker) {
            ChannelHandlerContext open = Objects.requireNonNull(context);
            if (!open.channel().isActive()) {
                body.release();
                taker.failed(new IOException("the connection to the hub is closed"));
                return;
            }
            Http2FrameStream stream = newStream();
            pending.put(stream, new Pending(taker));
            boolean bare = !body.isReadable();
            open.write(new DefaultHttp2HeadersFrame(headers, bare).stream(stream))
                    .addListener(written -> {
                        if (!written.isSuccess()) {
                            fail(stream, written.cause());
                        }
                    });
            if (!bare) {
                var _ = open.write(new DefaultHttp2DataFrame(body, true).stream(stream));
            }
            open.flush();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext of, Object event) throws Exception {
            if (event instanceof SslHandshakeCompletionEvent handshake) {
                if (handshake.isSuccess()) {
                    shaken.run();
                } else {
                    lost.accept(handshake.cause());
                }
            }
            super.userEventTriggered(of, event);
        }

        @Override
        public void channelRead(ChannelHandlerContext of, Object frame) {
            try {
                switch (frame) {
                    case Http2HeadersFrame headers -> took(headers);
                    case Http2DataFrame data -> took(of, data);
                    case Http2ResetFrame reset -> fail(reset.stream(), new IOException("the hub gave up a request"));
                    default -> {}
                }
            } finally {
                ReferenceCountUtil.release(frame);
            }
        }

        private void took(Http2HeadersFrame frame) {
            Pending each = pending.get(frame.stream());
            if (each != null) {
                each.status = Integer.parseInt(String.valueOf(frame.headers().status()));
                finishAtEnd(frame.stream(), each, frame.isEndStream());
            }
        }

        private void took(ChannelHandlerContext of, Http2DataFrame frame) {
            Pending each = pending.get(frame.stream());
            if (each != null) {
                ByteBuf content = frame.content();
                int before = each.body.length;
                byte[] longer = new byte[before + content.readableBytes()];
                System.arraycopy(each.body, 0, longer, 0, before);
                content.readBytes(longer, before, longer.length - before);
                each.body = longer;
            }
            int flow = frame.initialFlowControlledBytes();
            if (flow > 0) {
                var _ = of.writeAndFlush(new DefaultHttp2WindowUpdateFrame(flow).stream(frame.stream()));
            }
            if (each != null) {
                finishAtEnd(frame.stream(), each, frame.isEndStream());
            }
        }

        private void finishAtEnd(Http2FrameStream stream, Pending each, boolean end) {
            if (end) {
                pending.remove(stream);
                each.taker.answered(each.status, each.body);
            }
        }

        private void fail(Http2FrameStream stream, Throwable cause) {
            Pending each = pending.remove(stream);
            if (each != null) {
                each.taker.failed(cause);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext of) throws Exception {
            end(new IOException("the hub closed the connection"));
            super.channelInactive(of);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext of, Throwable cause) {
            end(cause);
            var _ = of.close();
        }

        private void end(Throwable cause) {
            lost.accept(cause);
            List<Pending> left = List.copyOf(pending.values());
            pending.clear();
            left.forEach(each -> each.taker.failed(cause));
        }
    }
}
