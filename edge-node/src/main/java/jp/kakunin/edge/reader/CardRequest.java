package jp.kakunin.edge.reader;

import java.util.List;

/// What to do with the card on the reader.
public sealed interface CardRequest {
    /// Proves possession: verifies the PIN once and signs each of `toSign` (SHA-256 with RSA, PKCS#1 v1.5) with
    /// the user-authentication key. More than one when the patient comes to both clinics of the site.
    ///
    /// @param lastTryAccepted whether a person agreed that the last try may be used up
    record WithPin(Pin pin, List<byte[]> toSign, boolean lastTryAccepted) implements CardRequest {
        static final int SIGNATURES_MAX = 2;

        public WithPin {
            toSign = List.copyOf(toSign);
            if (toSign.isEmpty() || toSign.size() > SIGNATURES_MAX) {
                throw new IllegalArgumentException("a card signs for one or two clinics");
            }
        }

        @Override
        public String toString() {
            return "WithPin[redacted]";
        }
    }

    /// The staff compared the photograph with the patient: reads the certificate, without PIN and signature.
    record VisualCheck() implements CardRequest {}
}
