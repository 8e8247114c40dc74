package jp.kakunin.load.card;

/// Whatever answers commands on a reader: a `VirtualCard`, or one that lies in another process.
interface Chip {
    CardReply process(byte[] command);

    /// Power off, power on or reset: all the same to a card.
    void reset();
}
