package jp.kakunin.edge.identity;

import org.jspecify.annotations.Nullable;

/// The edge does not know who it is; the message names what is wrong and the remedy.
public final class IdentityException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IdentityException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
