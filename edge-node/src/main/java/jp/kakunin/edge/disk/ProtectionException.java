package jp.kakunin.edge.disk;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What the operating system protects cannot be opened here; the message says what to do.
public final class ProtectionException extends IOException {
    private static final long serialVersionUID = 1L;

    public ProtectionException(@Nullable Throwable cause) {
        super(
                "it was protected for another account or PC, or is damaged: run the edge as the account it was set up"
                        + " with",
                cause);
    }
}
