package jp.kakunin.hub.export;

/// A file of which nothing was taken. The message says why, and what to do.
public final class ExportRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    /// Why a file is not looked into.
    public enum Reason {
        NOT_AN_EXPORT,
        TOO_LARGE,
        DAMAGED,
        OTHER_HUB,
        MONTH_FORGOTTEN,
        DEVICE_UNKNOWN,
        DEVICE_STOLEN,
        CERTIFICATE_EXPIRED
    }

    private final Reason reason;

    ExportRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
