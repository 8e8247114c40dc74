package jp.kakunin.edge.store;

/// Nothing was recorded, because the disk is full.
public final class StoreFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreFullException(String message) {
        super(message);
    }
}
