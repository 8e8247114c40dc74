package jp.kakunin.edge.desk;

import java.util.concurrent.CompletionStage;

/// Where the files of a sealed export go, one after the other.
@FunctionalInterface
public interface SealedFiles {
    /// Called on any thread, and not again before the stage has completed: there is never more than one in memory.
    CompletionStage<Void> take(String name, byte[] sealed);
}
