package jp.kakunin.load.card;

import java.util.EnumSet;
import java.util.Set;

/// How a virtual card misbehaves. Commands are counted from the moment the faults are set, starting with 0.
///
/// @param tornAtApdu the card is pulled at this command; -1 for never
/// @param muteAtApdu the card falls silent at this command; -1 for never
/// @param trailingBytes how much longer than the certificate its file is
public record CardFaults(Set<CardQuirk> quirks, int tornAtApdu, int muteAtApdu, long delayMillis, int trailingBytes) {
    public static final CardFaults NONE = new CardFaults(Set.of(), -1, -1, 0, 0);

    public CardFaults {
        quirks = Set.copyOf(quirks);
    }

    public static CardFaults of(CardQuirk first, CardQuirk... more) {
        return NONE.with(first, more);
    }

    public CardFaults with(CardQuirk first, CardQuirk... more) {
        EnumSet<CardQuirk> all = EnumSet.of(first, more);
        all.addAll(quirks);
        return new CardFaults(all, tornAtApdu, muteAtApdu, delayMillis, trailingBytes);
    }

    public CardFaults tornAt(int apdu) {
        return new CardFaults(quirks, apdu, muteAtApdu, delayMillis, trailingBytes);
    }

    public CardFaults muteAt(int apdu) {
        return new CardFaults(quirks, tornAtApdu, apdu, delayMillis, trailingBytes);
    }

    public CardFaults slow(long millisPerApdu) {
        return new CardFaults(quirks, tornAtApdu, muteAtApdu, millisPerApdu, trailingBytes);
    }

    public CardFaults trailing(int bytes) {
        return new CardFaults(quirks, tornAtApdu, muteAtApdu, delayMillis, bytes);
    }

    boolean has(CardQuirk quirk) {
        return quirks.contains(quirk);
    }
}
