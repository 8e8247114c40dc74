package jp.kakunin.edge.reader;

/// What the reader is in, as the desk shows it. The codes are for ever.
public enum ReaderState {
    NO_SERVICE("S01"),
    NO_READER("S02"),
    EMPTY("S03"),
    CARD("S04"),
    UNREADABLE("S05"),
    NOT_A_MY_NUMBER_CARD("S06");

    private final String code;

    ReaderState(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
