package jp.kakunin.domain;

/// A clinic's institution code (機関コード): ten digits, the first two the prefecture, the last a check digit (Luhn). It
/// names the clinic everywhere in this system.
///
/// The check digit is advice only: codes issued to clinics of our kind were seen that break it.
public record InstitutionCode(String digits) implements Comparable<InstitutionCode> {
    private static final int LENGTH = 10;

    public InstitutionCode {
        if (!CheckDigit.isDigits(digits, LENGTH)) {
            throw new IllegalArgumentException("institution code must be 10 digits");
        }
    }

    /// JIS X 0401 prefecture number, 1 to 47 in real codes.
    public int prefecture() {
        return Integer.parseInt(digits.substring(0, 2));
    }

    public boolean hasValidCheckDigit() {
        return CheckDigit.isValid(digits);
    }

    @Override
    public int compareTo(InstitutionCode other) {
        return digits.compareTo(other.digits);
    }

    @Override
    public String toString() {
        return digits;
    }
}
