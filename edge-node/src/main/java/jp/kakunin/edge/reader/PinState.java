package jp.kakunin.edge.reader;

/// Where the card's PIN stands.
sealed interface PinState {
    record Verified() implements PinState {}

    record Open(int triesLeft) implements PinState {}

    record Blocked() implements PinState {}

    default int tries() {
        return this instanceof Open open ? open.triesLeft() : 0;
    }
}
