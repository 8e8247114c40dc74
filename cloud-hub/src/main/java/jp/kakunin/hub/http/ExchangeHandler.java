package jp.kakunin.hub.http;

import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;

/// What stands behind the exchange port. Called on an event loop: returns at once. Cancelling the future says that the
/// device is gone and nobody waits for the reply any more.
@FunctionalInterface
public interface ExchangeHandler {
    CompletableFuture<Reply> handle(DeviceId device, Request request);
}
