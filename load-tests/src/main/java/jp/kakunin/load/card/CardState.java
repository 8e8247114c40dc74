package jp.kakunin.load.card;

/// What a card forgets when it is reset.
///
/// @param application whether the JPKI application is selected
/// @param file the selected file, 0 for none
/// @param pending the rest of an answer that is given in pieces
record CardState(boolean application, int file, boolean verified, byte[] pending) {
    static final CardState POWERED_ON = new CardState(false, 0, false, new byte[0]);

    CardState withFile(int selected) {
        return new CardState(application, selected, verified, pending);
    }

    CardState withPin() {
        return new CardState(application, file, true, pending);
    }

    CardState withPending(byte[] rest) {
        return new CardState(application, file, verified, rest);
    }

    @Override
    public String toString() {
        return "CardState[file=" + file + "]";
    }
}
