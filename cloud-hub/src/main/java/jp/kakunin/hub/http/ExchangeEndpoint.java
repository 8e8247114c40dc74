package jp.kakunin.hub.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.codec.ExchangeCodec;
import jp.kakunin.codec.MalformedFrameException;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;

/// `POST /v1/exchange`: body to request, request to the hub, reply to body.
final class ExchangeEndpoint {
    static final String PATH = "/v1/exchange";

    private final Vertx vertx;
    private final Callers callers;
    private final Bodies bodies;
    private final ExchangeHandler exchange;

    ExchangeEndpoint(Vertx vertx, Callers callers, Bodies bodies, ExchangeHandler exchange) {
        this.vertx = vertx;
        this.callers = callers;
        this.bodies = bodies;
        this.exchange = exchange;
    }

    Future<Buffer> handle(HttpServerRequest http) {
        if (!HttpMethod.POST.equals(http.method())) {
            throw new Rejection(new Problem(405, Problem.Code.METHOD_NOT_ALLOWED, PATH + " takes POST only."));
        }
        if (!ExchangeCodec.CONTENT_TYPE.equals(http.getHeader("content-type"))) {
            throw new Rejection(new Problem(
                    415,
                    Problem.Code.CONTENT_TYPE_WRONG,
                    "The content type must be " + ExchangeCodec.CONTENT_TYPE + "."));
        }
        DeviceId device = callers.deviceOf(http);
        http.response().putHeader("content-type", ExchangeCodec.CONTENT_TYPE);
        Context context = vertx.getOrCreateContext();
        return bodies.receive(http, body -> decide(device, decode(body), http.response(), context))
                .map(reply -> Buffer.buffer(ExchangeCodec.encode(reply)));
    }

    private Future<Reply> decide(DeviceId device, Request request, HttpServerResponse response, Context context) {
        CompletableFuture<Reply> reply = exchange.handle(device, request);
        // A parked wait is given up as soon as nobody listens; HTTP/2 tells a reset stream by an exception.
        response.closeHandler(_ -> reply.cancel(false));
        response.exceptionHandler(_ -> reply.cancel(false));
        return Future.fromCompletionStage(reply, context);
    }

    private static Request decode(Buffer body) {
        try {
            return ExchangeCodec.decodeRequest(body.getBytes());
        } catch (MalformedFrameException e) {
            throw new Rejection(new Problem(
                    400,
                    Problem.Code.FRAME_MALFORMED,
                    "The request cannot be read: " + e.getMessage() + " Nothing was stored. Keep the facts; compare the"
                            + " version of the edge node with the hub's."));
        }
    }
}
