package jp.kakunin.keys;

/// Sealed bytes that this key does not open.
public final class UnsealableException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnsealableException(String message) {
        super(message);
    }
}
