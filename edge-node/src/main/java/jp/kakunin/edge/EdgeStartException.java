package jp.kakunin.edge;

import org.jspecify.annotations.Nullable;

/// The edge cannot start; the message names what is wrong and the remedy.
public final class EdgeStartException extends Exception {
    private static final long serialVersionUID = 1L;

    EdgeStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
