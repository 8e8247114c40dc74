package jp.kakunin.edge.receipt;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/// A request of somebody who was let in.
record Asked(HttpServerRequest request, Reply reply, ReceiptKey key, Changes changes) {
    @Nullable
    String param(String name) {
        return request.getParam(name);
    }
}
