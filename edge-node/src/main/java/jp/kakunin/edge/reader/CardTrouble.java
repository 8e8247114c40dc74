package jp.kakunin.edge.reader;

/// The card service, the reader or the way to the card failed. Its message is for the IT supplier: the function and
/// the number of the error.
public final class CardTrouble extends Exception {
    private static final long serialVersionUID = 1L;

    /// What the trouble means for a read.
    public enum Kind {
        NO_SERVICE,
        ACCESS_DENIED,
        NO_READER,
        NO_CARD,
        REMOVED,
        IN_USE,
        TRANSPORT
    }

    private final Kind kind;

    public CardTrouble(Kind kind, String detail) {
        super(detail, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
