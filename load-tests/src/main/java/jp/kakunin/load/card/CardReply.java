package jp.kakunin.load.card;

/// What comes back from a virtual card.
public sealed interface CardReply {
    /// Data and status word.
    record Bytes(byte[] answer) implements CardReply {}

    /// The card was pulled out before the answer arrived.
    record Torn() implements CardReply {}

    /// The answer was lost on its way and the card still lies there; on a vpcd reader the same as `Torn`.
    record Lost() implements CardReply {}

    /// The chip never answers.
    record Mute() implements CardReply {}
}
