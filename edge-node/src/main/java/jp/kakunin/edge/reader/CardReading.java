package jp.kakunin.edge.reader;

import org.jspecify.annotations.Nullable;

/// What came of reading a card.
public sealed interface CardReading {
    /// The card was read.
    ///
    /// @param signature over the request's bytes; null after a visual check
    record Read(CardCertificate certificate, byte @Nullable [] signature) implements CardReading {
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
