package jp.kakunin.load.replay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jp.kakunin.codec.ExchangeCodec;
import jp.kakunin.codec.MalformedFrameException;
import jp.kakunin.edge.exchange.ConnectionState.Cause;
import jp.kakunin.edge.exchange.HubLink;
import jp.kakunin.edge.exchange.Sending;
import jp.kakunin.exchange.Refusal;
import org.jspecify.annotations.Nullable;

/// The real line: one connection of its own, HTTP/2 over TLS 1.3 with the device's certificate, opened by the first
/// request and kept. As small as it can be on top of Netty; what answers mean is as in the product's own client.
final class NettyLine implements FleetLine {
    private static final String EXCHANGE = "/v1/exchange";
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final FleetNetwork network;
    private final int number;
    private final EventLoop loop;
    private final Gauge gauge;
    private @Nullable Connection connection;
    private boolean cut;

    NettyLine(FleetNetwork network, int number, EventLoop loop, Gauge gauge) {
        this.network = network;
        this.number = number;
        this.loop = loop;
        this.gauge = gauge;
    }

    private record Ask(Http2Headers headers, ByteBuf body, Taker taker) {}

    private interface Taker {
        void answered(int status, Http2Headers headers, byte[] body);

        void failed(Cause cause);
    }

    @Override
    public void send(Sending sending, HubLink.Listener listener) {
        Http2Headers headers = headers("POST", EXCHANGE).set("content-type", ExchangeCodec.CONTENT_TYPE);
        byte[] body = ExchangeCodec.encode(sending.request());
        ask(new Ask(headers, Unpooled.wrappedBuffer(body), new Taker() {
            @Override
            public void answered(int status, Http2Headers said, byte[] reply) {
                told(sending, listener, status, said, reply);
            }

            @Override
            public void failed(Cause cause) {
                gauge.error("line " + cause);
                listener.failed(sending, cause);
            }
        }));
    }

    private void told(Sending sending, HubLink.Listener listener, int status, Http2Headers headers, byte[] body) {
        switch (status) {
            case OK -> {
                try {
                    listener.replied(sending, ExchangeCodec.decodeReply(body));
                } catch (MalformedFrameException _) {
                    gauge.error("reply malformed");
                    listener.failed(sending, Cause.HUB);
                }
            }
            case FORBIDDEN -> {
                gauge.error("status 403");
                if (new String(body, StandardCharsets.UTF_8).contains("\"" + Refusal.DEVICE_UNKNOWN + "\"")) {
                    listener.refused(sending, Refusal.DEVICE_UNKNOWN);
                } else {
                    listener.failed(sending, Cause.HUB);
                }
            }
            case TOO_MANY, UNAVAILABLE -> {
                gauge.error("status " + status);
                CharSequence seconds = headers.get("retry-after");
                if (seconds != null && seconds.toString().matches("[0-9]{1,6}")) {
                    listener.sentAway(sending, Duration.ofSeconds(Integer.parseInt(seconds.toString())));
                } else {
                    listener.failed(sending, Cause.BUSY);
                }
            }
            default -> {
                gauge.error("status " + status);
                listener.failed(sending, Cause.HUB);
            }
        }
    }

    @Override
    public void get(String path, Map<String, String> more, Consumer<Got> taker) {
        Http2Headers headers = headers("GET", path);
        more.forEach(headers::set);
        ask(new Ask(headers, Unpooled.EMPTY_BUFFER, new Taker() {
            @Override
            public void answered(int status, Http2Headers said, byte[] body) {
                taker.accept(new Got(status, body));
            }

            @Override
            public void failed(Cause cause) {
                taker.accept(Got.FAILED);
            }
        }));
    }

    private Http2Headers headers(String method, String path) {
        return new DefaultHttp2Headers(false)
                .method(method)
                .scheme("https")
                .authority(network.authority())
                .path(path);
    }

    private void ask(Ask ask) {
        if (cut) {
            loop.execute(() -> ask.taker().failed(Cause.TCP));
            return;
        }
        Connection open = connection;
        if (open == null) {
            open = new Connection();
            connection = open;
            open.connect();
        }
        open.ask(ask);
    }

    @Override
    public void hangUp() {
        Connection open = connection;
        if (open != null) {
            open.end();
        }
    }

    @Override
    public void cut(boolean isCut) {
        cut = isCut;
        if (isCut) {
            hangUp();
        }
    }

    /// An answer on its way.
    private static final class Pending {
        final Taker taker;
        final ByteArrayOutputStream body = new ByteArrayOutputStream(256);
        int status;
        Http2Headers headers = new DefaultHttp2Headers(false);

        Pending(Taker taker) {
            this.taker = taker;
        }
    }

    private final class Connection extends Http2ChannelDuplexHandler {
        private final Map<Http2FrameStream, Pending> pending = new HashMap<>(4);
        private @Nullable List<Ask> early = new ArrayList<>(2);
        private @Nullable Channel channel;
        private Cause endsFor = Cause.TCP;
        private boolean over;

        void connect() {
            gauge.attempted(number);
            channel = network.connect(number, loop, new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel made) {
                            Http2FrameCodec frames = Http2FrameCodecBuilder.forClient()
                                    .initialSettings(
                                            Http2Settings.defaultSettings().pushEnabled(false))
                                    .validateHeaders(false)
                                    .build();
                            made.pipeline().addLast(network.tlsOf(number, made), frames, Connection.this);
                        }
                    })
                    .addListener(connected -> {
                        if (!connected.isSuccess()) {
                            end();
                        }
                    })
                    .channel();
        }

        void ask(Ask ask) {
            List<Ask> waiting = early;
            Channel open = channel;
            if (waiting != null) {
                waiting.add(ask);
            } else if (open == null || over) {
                loop.execute(() -> ask.taker().failed(Cause.TCP));
            } else {
                Http2FrameStream stream = newStream();
                pending.put(stream, new Pending(ask.taker()));
                boolean bare = !ask.body().isReadable();
                open.write(new DefaultHttp2HeadersFrame(ask.headers(), bare).stream(stream))
                        .addListener(written -> {
                            if (!written.isSuccess()) {
                                fail(stream, Cause.TCP);
                            }
                        });
                if (!bare) {
                    var _ = open.write(new DefaultHttp2DataFrame(ask.body(), true).stream(stream));
                }
                open.flush();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (event instanceof SslHandshakeCompletionEvent handshake) {
                List<Ask> waiting = early;
                early = null;
                if (!handshake.isSuccess()) {
                    endsFor = Cause.TLS;
                    early = waiting;
                    end();
                } else if (waiting != null) {
                    gauge.shaken(FleetNetwork.isResumed(context.pipeline().get(SslHandler.class)));
                    waiting.forEach(this::ask);
                }
            }
            super.userEventTriggered(context, event);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            try {
                switch (frame) {
                    case Http2HeadersFrame headers -> took(headers);
                    case Http2DataFrame data -> took(context, data);
                    case Http2ResetFrame reset -> fail(reset.stream(), Cause.HUB);
                    default -> {}
                }
            } finally {
                ReferenceCountUtil.release(frame);
            }
        }

        private void took(Http2HeadersFrame frame) {
            Pending each = pending.get(frame.stream());
            if (each != null) {
                CharSequence status = frame.headers().status();
                each.status = status == null ? 0 : Integer.parseInt(status.toString());
                each.headers = frame.headers();
                if (frame.isEndStream()) {
                    finish(frame.stream(), each);
                }
            }
        }

        private void took(ChannelHandlerContext context, Http2DataFrame frame) {
            Http2FrameStream stream = frame.stream();
            int flow = frame.initialFlowControlledBytes();
            Pending each = pending.get(stream);
            if (each != null) {
                ByteBuf content = frame.content();
                byte[] part = new byte[content.readableBytes()];
                content.readBytes(part);
                each.body.writeBytes(part);
            }
            if (flow > 0) {
                var _ = context.writeAndFlush(new DefaultHttp2WindowUpdateFrame(flow).stream(stream));
            }
            if (each != null && frame.isEndStream()) {
                finish(stream, each);
            }
        }

        private void finish(Http2FrameStream stream, Pending each) {
            pending.remove(stream);
            each.taker.answered(each.status, each.headers, each.body.toByteArray());
        }

        private void fail(@Nullable Http2FrameStream stream, Cause cause) {
            Pending each = pending.remove(stream);
            if (each != null) {
                each.taker.failed(cause);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) throws Exception {
            end();
            super.channelInactive(context);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            end();
        }

        /// Whoever waits for an answer is told that none comes.
        void end() {
            if (over) {
                return;
            }
            over = true;
            if (Connection.this == connection) {
                connection = null;
            }
            Channel open = channel;
            if (open != null) {
                var _ = open.close();
            }
            List<Ask> never = early == null ? List.of() : List.copyOf(early);
            early = null;
            List<Pending> left = List.copyOf(pending.values());
            pending.clear();
            never.forEach(each -> {
                ReferenceCountUtil.release(each.body());
                each.taker().failed(endsFor);
            });
            left.forEach(each -> each.taker.failed(endsFor));
        }
    }
}
