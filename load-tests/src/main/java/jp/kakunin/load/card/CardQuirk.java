package jp.kakunin.load.card;

/// Where real cards and readers differ, or where nobody could prove what they do. Any combination must be survived.
public enum CardQuirk {
    /// Has no JPKI application: a bank card, a transport card.
    FOREIGN,
    /// Answers `6700` to every command in extended length.
    REFUSES_EXTENDED,
    /// Gives answers in pieces: `61xx`, then GET RESPONSE in class 00 only.
    ANSWERS_IN_PIECES,
    /// Answers `6Cxx` to a READ BINARY or signature whose length is not the exact one.
    NAMES_THE_LENGTH,
    /// Answers `6F00` to the first command after a power cycle.
    FIRST_COMMAND_FAILS,
    /// A blocked PIN answers `6983` to everything.
    BLOCKED_SAYS_6983,
    /// A blocked PIN answers `6984` to everything.
    BLOCKED_SAYS_6984,
    /// The question for the tries left answers `9000` once the PIN is verified.
    COUNTER_SAYS_9000_WHEN_VERIFIED,
    /// Keeps the verified PIN when the application is selected again.
    SELECT_KEEPS_PIN,
    /// Shows the certificate only after the PIN, as telephones do.
    CERTIFICATE_NEEDS_PIN,
    /// The certificate file holds something else.
    CERTIFICATE_IS_GARBAGE,
    /// When torn, only that answer is lost: the card stays on the reader.
    TORN_BUT_STAYS,
    /// When torn, the command has been carried out and only its answer is lost.
    TORN_AFTER_THE_DEED
}
