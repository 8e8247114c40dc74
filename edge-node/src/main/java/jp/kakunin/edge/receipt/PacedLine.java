package jp.kakunin.edge.receipt;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// An answer that goes on, to a client that may read slowly or not at all. What it does not read stays where it is told
/// from, not in the memory of the edge. One that reads nothing at all is hung up on by the server, as an idle
/// connection:
/// so nothing more is written to it meanwhile, not even a heartbeat. Of one thread.
final class PacedLine {
    static final int UNWRITTEN_BYTES_MAX = 64 * 1_024;

    private final Function<String, Future<Void>> line;
    private final Executor thread;
    private final Runnable goOn;
    private int unwritten;
    private boolean behind;

    /// @param line completes when the text is handed to the operating system
    /// @param goOn called when there is room again after there was none
    PacedLine(Function<String, Future<Void>> line, Executor thread, Runnable goOn) {
        this.line = line;
        this.thread = thread;
        this.goOn = goOn;
    }

    /// Whoever asks and is told no is called when there is.
    boolean hasRoom() {
        behind = unwritten >= UNWRITTEN_BYTES_MAX;
        return !behind;
    }

    void write(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        unwritten += bytes;
        line.apply(text).onSuccess(_ -> thread.execute(() -> written(bytes)));
    }

    private void written(int bytes) {
        unwritten -= bytes;
        if (behind && unwritten < UNWRITTEN_BYTES_MAX) {
            behind = false;
            goOn.run();
        }
    }

    /// Says that this side is still here.
    void heartbeat() {
        if (unwritten == 0) {
            write(": still here\n\n");
        }
    }
}
