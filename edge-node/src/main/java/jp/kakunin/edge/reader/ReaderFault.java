package jp.kakunin.edge.reader;

/// Why a card could not be read. The codes are for ever; `texts.properties` says for each what the staff can do and
/// what the IT supplier should look at.
public enum ReaderFault {
    NO_SERVICE("R01"),
    NO_READER("R02"),
    NO_CARD("R03"),
    CARD_PULLED("R04"),
    UNREADABLE("R05"),
    NOT_A_MY_NUMBER_CARD("R06"),
    /// Another program has claimed the card for itself.
    READER_IN_USE("R07"),
    /// The reader or the card no longer answers, or another program does not let go of it.
    READER_STUCK("R08"),
    CERTIFICATE_UNREADABLE("R09"),
    SIGNATURE_REFUSED("R10"),
    /// The PIN was sent and its answer got lost: the tries left must be read again before another PIN is asked for.
    PIN_RESULT_UNKNOWN("R11"),
    SEVERAL_CARDS("R12"),
    /// The operating system does not allow this program to use the reader.
    ACCESS_DENIED("R13");

    private final String code;

    ReaderFault(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    static ReaderFault of(CardTrouble trouble) {
        return switch (trouble.kind()) {
            case NO_SERVICE -> NO_SERVICE;
            case ACCESS_DENIED -> ACCESS_DENIED;
            case NO_READER -> NO_READER;
            case NO_CARD -> NO_CARD;
            case REMOVED -> CARD_PULLED;
            case IN_USE -> READER_IN_USE;
            case TRANSPORT -> UNREADABLE;
        };
    }
}
