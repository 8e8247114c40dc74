package jp.kakunin.edge.store;

/// The store cannot be read or written. Opening it again sets it aside and salvages what can be read.
public final class StoreBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreBrokenException(String message) {
        super(message);
    }

    StoreBrokenException(String message, Throwable cause) {
        super(message, cause);
    }
}
