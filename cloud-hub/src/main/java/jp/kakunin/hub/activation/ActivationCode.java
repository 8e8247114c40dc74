package jp.kakunin.hub.activation;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;

/// Twelve random digits that bind one device, once.
public record ActivationCode(String digits) {
    /// A sheet that has not been used by then is worthless.
    public static final Duration LIFE = Duration.ofDays(30);

    private static final int DIGITS = 12;
    private static final int GROUP = 4;

    public ActivationCode {
        if (!digits.matches("[0-9]{" + DIGITS + "}")) {
            throw new IllegalArgumentException("the activation code must be " + DIGITS + " digits");
        }
    }

    static ActivationCode random(SecureRandom random) {
        var digits = new StringBuilder();
        for (int i = 0; i < DIGITS; i++) {
            digits.append(random.nextInt(10));
        }
        return new ActivationCode(digits.toString());
    }

    /// As typed: with spaces or dashes or without, in any width.
    static ActivationCode parse(String typed) {
        return new ActivationCode(
                Normalizer.normalize(typed, Normalizer.Form.NFKC).replaceAll("[\\s\\p{Pd}ー]", ""));
    }

    /// 3×4, as on the sheet.
    public String grouped() {
        return digits.substring(0, GROUP) + "-" + digits.substring(GROUP, 2 * GROUP) + "-"
                + digits.substring(2 * GROUP);
    }

    @Override
    public String toString() {
        return "ActivationCode";
    }
}
