package jp.kakunin.edge.store;

/// Another process has the store open.
public final class StoreInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreInUseException(String message) {
        super(message);
    }
}
