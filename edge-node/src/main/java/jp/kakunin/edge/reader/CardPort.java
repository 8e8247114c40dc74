package jp.kakunin.edge.reader;

import java.util.List;

/// The way to cards, at the level of command and answer bytes. `PcscPort` is the real one; a test or a machine without
/// a reader plugs in another.
public interface CardPort {
    /// Opens a conversation with the card service. One conversation belongs to one thread: services make callers of
    /// the same conversation wait for each other.
    Session open() throws CardTrouble;

    /// A reader as the service sees it.
    ///
    /// @param inserted a card was put down since the last look, also when one lay there before
    record Slot(String reader, boolean cardPresent, boolean inserted) {}

    /// A conversation with the card service.
    interface Session extends AutoCloseable {
        /// The readers as they are now; `inserted` is always false here.
        List<Slot> slots() throws CardTrouble;

        /// Waits until something changes, `millisMax` at most, and returns the readers. The first call returns
        /// at once and reports every card that lies there as inserted.
        List<Slot> await(long millisMax) throws CardTrouble;

        /// Claims the card for us alone until the link is closed.
        Link connect(String reader) throws CardTrouble;

        @Override
        void close();
    }

    /// A card claimed for us alone.
    interface Link extends AutoCloseable {
        /// Sends one command as it is, once, and returns the answer as it is: at least the two bytes of a
        /// status word.
        byte[] transmit(byte[] command) throws CardTrouble;

        ExtendedApdu extendedApdu();

        /// Resets the card, so that no verified PIN is left behind, and gives it free.
        @Override
        void close();
    }
}
