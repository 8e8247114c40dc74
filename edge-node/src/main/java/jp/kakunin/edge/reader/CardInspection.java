package jp.kakunin.edge.reader;

import org.jspecify.annotations.Nullable;

/// What the card on the reader tells without a PIN.
public sealed interface CardInspection {
    /// @param triesLeft 0 means blocked, 1 needs the patient's consent
    /// @param certificate null on devices that show it only after the PIN
    record Inspected(int triesLeft, @Nullable CardCertificate certificate) implements CardInspection {}

    /// @param detail for the IT supplier
    record Failed(ReaderFault fault, String detail) implements CardInspection {}
}
