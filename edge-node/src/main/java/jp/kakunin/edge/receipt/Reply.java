package jp.kakunin.edge.receipt;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import jp.kakunin.edge.store.StoreFullException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where one request is answered, from any thread.
record Reply(RoutingContext routing, Context context) {
    private static final Logger LOG = LoggerFactory.getLogger(Reply.class);
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    static Reply to(RoutingContext routing) {
        return new Reply(routing, routing.vertx().getOrCreateContext());
    }

    void json(JsonObject body) {
        send(200, JSON, body.toBuffer(), Map.of());
    }

    void json(JsonObject body, String etag) {
        send(200, JSON, body.toBuffer(), Map.of("ETag", etag));
    }

    void unchanged(String etag) {
        send(304, "", Buffer.buffer(), Map.of("ETag", etag));
    }

    void refuse(ReceiptProblem problem) {
        send(problem.status(), PROBLEM, problem.json().toBuffer(), Map.of());
    }

    void refuse(ReceiptProblem problem, String field) {
        send(problem.status(), PROBLEM, problem.json(field).toBuffer(), Map.of());
    }

    void refuse(ReceiptProblem problem, int retryAfterSeconds) {
        send(
                problem.status(),
                PROBLEM,
                problem.json().toBuffer(),
                Map.of("Retry-After", Integer.toString(retryAfterSeconds)));
    }

    void fail(@Nullable Throwable failure) {
        Throwable cause = failure == null ? null : Changes.cause(failure);
        if (cause instanceof StoreFullException) {
            refuse(ReceiptProblem.STORE_FULL);
            return;
        }
        LOG.atError().setCause(cause).log("a receipt computer could not be answered");
        refuse(ReceiptProblem.INTERNAL);
    }

    void send(int status, String type, Buffer body, Map<String, String> headers) {
        context.runOnContext(_ -> {
            HttpServerResponse response = routing.response();
            if (response.ended() || response.closed()) {
                return;
            }
            response.setStatusCode(status);
            headers.forEach(response::putHeader);
            if (status == ReceiptProblem.KEY_WRONG.status()) {
                response.putHeader("WWW-Authenticate", "Bearer");
            }
            if (!type.isEmpty()) {
                response.putHeader("Content-Type", type);
            }
            response.end(body);
        });
    }

    /// Part of an answer that goes on. Completes when it is written, which is never where nobody reads.
    Future<Void> write(String text) {
        Promise<Void> written = Promise.promise();
        context.runOnContext(_ -> {
            HttpServerResponse response = routing.response();
            if (!response.ended() && !response.closed()) {
                response.write(text).onComplete(written);
            }
        });
        return written.future();
    }

    /// Also when it ended before, as where a client hung up while it was being let in.
    void onEnd(Runnable ended) {
        context.runOnContext(_ -> {
            HttpServerResponse response = routing.response();
            if (response.ended() || response.closed()) {
                ended.run();
            } else {
                routing.addEndHandler(_ -> ended.run());
            }
        });
    }

    void end() {
        context.runOnContext(_ -> {
            HttpServerResponse response = routing.response();
            if (!response.ended() && !response.closed()) {
                response.end();
            }
        });
    }
}
