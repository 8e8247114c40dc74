package jp.kakunin.hub.console;

import java.util.concurrent.CompletableFuture;

/// What the health addresses ask the hub.
public interface Health {
    /// The exchange port is open.
    boolean isStarted();

    /// The journal can make a commit durable; looks at the disk, so not at once.
    CompletableFuture<Boolean> isReady();
}
