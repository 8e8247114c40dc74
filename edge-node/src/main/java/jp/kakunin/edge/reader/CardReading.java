package jp.kakunin.edge.reader;

import java.util.List;

/// What came of reading a card.
public sealed interface CardReading {
    /// The card was read.
    ///
    /// @param signatures over what the request asked for, in its order; none after a visual check
    record Read(CardCertificate certificate, List<byte[]> signatures) implements CardReading {
        public Read {
            signatures = List.copyOf(signatures);
        }

        @Override
        public String toString() {
            return "Read[redacted]";
        }
    }

    /// The card refused the PIN; nobody may try again but the patient.
    record WrongPin(int triesLeft) implements CardReading {}

    /// Only the municipal office (or its kiosk) can unlock the card.
    record PinBlocked() implements CardReading {}

    /// One try is left and nobody agreed to use it: the PIN was not sent.
    record LastTry() implements CardReading {}

    /// @param detail for the IT supplier: function, status word or error number, never anything of the card's
    /// holder
    record Failed(ReaderFault fault, String detail) implements CardReading {}
}
