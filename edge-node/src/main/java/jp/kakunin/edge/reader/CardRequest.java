package jp.kakunin.edge.reader;

/// What to do with the card on the reader.
public sealed interface CardRequest {
    /// Proves possession: verifies the PIN and signs `toSign` (SHA-256 with RSA, PKCS#1 v1.5) with the
    /// user-authentication key.
    ///
    /// @param lastTryAccepted whether a person agreed that the last try may be used up
    record WithPin(Pin pin, byte[] toSign, boolean lastTryAccepted) implements CardRequest {
        @Override
        public String toString() {
            return "WithPin[redacted]";
        }
    }

    /// The staff compared the photograph with the patient: reads the certificate, without PIN and signature.
    record VisualCheck() implements CardRequest {}
}
