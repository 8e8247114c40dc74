package jp.kakunin.keys;

/// The place where keys are kept cannot be used; the message says why and what to do.
public final class VaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public VaultException(String message) {
        super(message);
    }

    public VaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
