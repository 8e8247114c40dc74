package jp.kakunin.domain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The registration of a clinic for delegated receipt (登録記号番号): 協 or 契, two digits prefecture, five digits, and
/// the suffix -0-0. It has no check digit. Written with hyphens, entered without.
public record RegistrationNumber(String value) {
    private static final Pattern FORM = Pattern.compile("([協契])(\\d{7})-?(\\d)-?(\\d)");

    public RegistrationNumber {
        Matcher matcher = FORM.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "registration number must be 協 or 契 and nine digits, as in 契2804440-0-0");
        }
        value = matcher.group(1) + matcher.group(2) + "-" + matcher.group(3) + "-" + matcher.group(4);
    }

    @Override
    public String toString() {
        return value;
    }
}
