package jp.kakunin.hub.export;

import java.util.concurrent.CompletableFuture;

/// Where sealed exports are handed in.
@FunctionalInterface
public interface ExportIntake {
    /// Opens and verifies at once, which takes some milliseconds; the rest is taken in the background.
    ///
    /// @throws ExportRefusedException and nothing of it was taken
    CompletableFuture<ExportTaken> take(byte[] file) throws ExportRefusedException;
}
