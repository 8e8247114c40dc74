package jp.kakunin.load;

/// Something this command needs is not running; the message says what to start.
public final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
        super(message);
    }
}
