package jp.kakunin.domain;

/// An insurer's number (保険者番号): eight digits, or six for national health insurance, the last a check digit.
public record InsurerNumber(String digits) {
    public InsurerNumber {
        if (!CheckDigit.isDigits(digits, 8) && !CheckDigit.isDigits(digits, 6)) {
            throw new IllegalArgumentException("insurer number must be 8 or 6 digits");
        }
        if (!CheckDigit.isValid(digits)) {
            throw new IllegalArgumentException("insurer number has a wrong check digit");
        }
    }

    /// Completes a body of seven or five digits with its check digit.
    public static InsurerNumber ofBody(String body) {
        return new InsurerNumber(body + CheckDigit.of(body));
    }

    @Override
    public String toString() {
        return digits;
    }
}
