package jp.kakunin.domain;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Membership with one insurer: whose, since when, until when (last day in force, inclusive), and the patient's
/// share in percent. Empty symbol or branch means the insurer uses none.
public record Coverage(
        InsurerNumber insurer,
        String symbol,
        String number,
        String branch,
        int copayPercent,
        LocalDate from,
        @Nullable LocalDate until) {
    private static final int TEXT_MAX = 38;

    public Coverage {
        if (symbol.length() > TEXT_MAX || number.length() > TEXT_MAX) {
            throw new IllegalArgumentException("symbol and number may have at most 38 characters");
        }
        if (branch.length() > 2) {
            throw new IllegalArgumentException("branch may have at most 2 digits");
        }
        if (copayPercent < 0 || copayPercent > 100) {
            throw new IllegalArgumentException("copay must be 0 to 100 percent");
        }
    }

    public boolean inForceOn(LocalDate date) {
        return !date.isBefore(from) && (until == null || !date.isAfter(until));
    }

    public boolean endsBefore(LocalDate date) {
        return until != null && until.isBefore(date);
    }

    /// The same membership: insurer, symbol, number and branch, however written. Another share changes nothing.
    public boolean isSameAs(Coverage other) {
        return insurer.equals(other.insurer)
                && Written.same(symbol, other.symbol)
                && Written.same(number, other.number)
                && Written.plainBranch(branch).equals(Written.plainBranch(other.branch));
    }

    /// What an oral attestation refers to: a digest of the membership, without its dates and share.
    public Digest digest() {
        String text = String.join(
                "\n", insurer.digits(), Written.plain(symbol), Written.plain(number), Written.plainBranch(branch));
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Coverage[redacted]";
    }
}
