package jp.kakunin.hub.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// Receives request bodies within two limits: the length of one, and the sum of all that are held at once.
final class Bodies {
    private static final Problem TOO_MANY = new Problem(
            503,
            Problem.Code.BUSY,
            "The hub holds as many request bodies as it may. Keep the connection and send again in a moment.");

    private final int bytesMax;
    private final long sumMax;
    private final AtomicLong sum = new AtomicLong();

    Bodies(int bytesMax, long sumMax) {
        this.bytesMax = bytesMax;
        this.sumMax = sumMax;
    }

    long heldBytes() {
        return sum.get();
    }

    /// Receives the whole body, or rejects it, and counts it as held until what is done with it is complete.
    <T> Future<T> receive(HttpServerRequest request, Function<Buffer, Future<T>> use) {
        String length = request.getHeader("content-length");
        if (length != null && isTooLong(length)) {
            return Future.failedFuture(new Rejection(Problem.bodyTooLarge(bytesMax)));
        }
        var held = new AtomicLong();
        return collect(request, held).compose(use).onComplete(_ -> sum.addAndGet(-held.getAndSet(0)));
    }

    private Future<Buffer> collect(HttpServerRequest request, AtomicLong held) {
        Promise<Buffer> body = Promise.promise();
        Buffer collected = Buffer.buffer();
        request.exceptionHandler(body::tryFail);
        request.endHandler(_ -> body.tryComplete(collected));
        request.handler(part -> {
            if (body.future().isComplete()) {
                return;
            }
            if (collected.length() + part.length() > bytesMax) {
                body.tryFail(new Rejection(Problem.bodyTooLarge(bytesMax)));
            } else if (sum.addAndGet(part.length()) > sumMax) {
                sum.addAndGet(-part.length());
                body.tryFail(new Rejection(TOO_MANY));
            } else {
                held.addAndGet(part.length());
                collected.appendBuffer(part);
            }
        });
        return body.future();
    }

    private boolean isTooLong(String length) {
        try {
            return Long.parseLong(length) > bytesMax;
        } catch (NumberFormatException _) {
            return true;
        }
    }
}
