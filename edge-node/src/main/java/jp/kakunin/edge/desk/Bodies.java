package jp.kakunin.edge.desk;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/// Reads request bodies up to a limit, and leaves none behind in memory of ours.
final class Bodies {
    static final int BODY_BYTES_MAX = 16 * 1024;

    private Bodies() {}

    /// Null when the length is unknown or over the limit.
    static @Nullable Future<byte[]> read(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        if (length == null || length.length() > 6 || !length.chars().allMatch(Character::isDigit)) {
            return "POST".equals(request.method().name())
                            && length == null
                            && request.getHeader("Transfer-Encoding") == null
                    ? Future.succeededFuture(new byte[0])
                    : null;
        }
        return Integer.parseInt(length) > BODY_BYTES_MAX ? null : request.body().map(Bodies::takeOver);
    }

    /// The rest of a body that is not read would otherwise be taken for the next request.
    static void hangUpAfter(RoutingContext context) {
        context.addEndHandler(_ -> context.request().connection().close());
    }

    private static byte[] takeOver(Buffer buffer) {
        byte[] bytes = buffer.getBytes();
        for (int i = 0; i < buffer.length(); i++) {
            buffer.setByte(i, (byte) 0);
        }
        return bytes;
    }
}
