package jp.kakunin.domain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a claim form asks of a valid answer beside coverage and name, the address among it. It goes to the receipt
/// computer alone: apart from [Insured], so that what screens and histories are made of does not hold it. A text that
/// the authority did not tell is empty.
///
/// @param insuredName of the insured person or head of the household, whose family the patient may be
/// @param elderlyPercent the share on the certificate of those aged 70 to 74, in percent
public record Particulars(
        String postNumber,
        String address,
        String insurerName,
        String insuredName,
        @Nullable Relation relation,
        @Nullable Sex sex,
        boolean preschool,
        @Nullable Integer elderlyPercent) {
    public static final int TEXT_CHARS_MAX = 200;
    public static final Particulars NONE = new Particulars("", "", "", "", null, null, false, null);

    /// 本人・家族区分, with the codes of the authority.
    public enum Relation {
        INSURED("1"),
        FAMILY("2");

        private final String code;

        Relation(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        public static @Nullable Relation of(String code) {
            return Arrays.stream(values())
                    .filter(each -> each.code.equals(code))
                    .findFirst()
                    .orElse(null);
        }
    }

    /// With the codes of the authority.
    public enum Sex {
        MALE("1"),
        FEMALE("2"),
        NOT_SET("3");

        private final String code;

        Sex(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        public static @Nullable Sex of(String code) {
            return Arrays.stream(values())
                    .filter(each -> each.code.equals(code))
                    .findFirst()
                    .orElse(null);
        }
    }

    public Particulars {
        if (postNumber.length() > TEXT_CHARS_MAX
                || address.length() > TEXT_CHARS_MAX
                || insurerName.length() > TEXT_CHARS_MAX
                || insuredName.length() > TEXT_CHARS_MAX) {
            throw new IllegalArgumentException("a text may have at most " + TEXT_CHARS_MAX + " characters");
        }
        if (elderlyPercent != null && (elderlyPercent < 0 || elderlyPercent > 100)) {
            throw new IllegalArgumentException("the elderly's share must be 0 to 100 percent");
        }
    }

    /// A text that is too long to be one is not told: half an address would be a wrong one.
    public static String told(String text) {
        return text.length() > TEXT_CHARS_MAX ? "" : text;
    }

    @Override
    public String toString() {
        return "Particulars[redacted]";
    }
}
