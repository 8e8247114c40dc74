package jp.kakunin.load.replay;

import java.util.concurrent.CompletableFuture;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;

/// One device's way to the hub.
@FunctionalInterface
public interface Line {
    /// Fails when there was no reply: then nobody knows what became of the request.
    CompletableFuture<Reply> exchange(Request request);
}
