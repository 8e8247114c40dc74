package jp.kakunin.load.population;

import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitKind;
import org.jspecify.annotations.Nullable;

/// What a patient brings, and what the visit must stand at afterwards. The standing is written down in the model, not
/// computed by the product's rules: otherwise a mistake in the rules would agree with itself.
///
/// @param registry what the authority knows of the card
/// @param visit null for first visits by their share
/// @param standing the one word for it
/// @param by for CONFIRMED: by what
public record Script(
        String name,
        double share,
        Brought brought,
        Registered registry,
        @Nullable VisitKind visit,
        String standing,
        Standing.@Nullable By by) {
    public enum Brought {
        CARD_PIN,
        CARD_VISUAL,
        CERTIFICATE,
        ORAL,
        NONE
    }

    public enum Registered {
        VALID,
        SUSPENDED,
        ABSENT
    }

    public boolean hasCard() {
        return brought == Brought.CARD_PIN || brought == Brought.CARD_VISUAL;
    }
}
