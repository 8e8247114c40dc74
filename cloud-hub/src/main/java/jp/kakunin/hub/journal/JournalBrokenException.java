package jp.kakunin.hub.journal;

/// The store cannot be trusted any more: a write or a sync failed. Trying again could acknowledge what is not on
/// disk, so the journal takes nothing more until the process starts anew.
public final class JournalBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalBrokenException(String message, Throwable cause) {
        super(message, cause);
    }

    public JournalBrokenException(String message) {
        super(message);
    }
}
