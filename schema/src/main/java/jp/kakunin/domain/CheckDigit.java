package jp.kakunin.domain;

/// The check digit of insurer numbers and institution codes: from the rightmost body digit alternately ×2 and ×1, add
/// the digits of each product; the check digit fills up to the next ten.
final class CheckDigit {
    private CheckDigit() {}

    static boolean isDigits(String text, int length) {
        return text.length() == length && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    static int of(String body) {
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            int digit = body.charAt(body.length() - 1 - i) - '0';
            int product = i % 2 == 0 ? digit * 2 : digit;
            sum += product / 10 + product % 10;
        }
        return (10 - sum % 10) % 10;
    }

    static boolean isValid(String number) {
        int last = number.length() - 1;
        return of(number.substring(0, last)) == number.charAt(last) - '0';
    }
}
