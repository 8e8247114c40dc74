package jp.kakunin.hub;

/// The hub cannot start; the message says why and what to do, for whoever started it.
public final class HubStartException extends Exception {
    private static final long serialVersionUID = 1;

    HubStartException(String message) {
        super(message);
    }

    HubStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
