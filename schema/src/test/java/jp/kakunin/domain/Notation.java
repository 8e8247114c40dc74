package jp.kakunin.domain;

import java.time.LocalDate;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Dates, coverages, evidence and answers in the short notation of [Story].
final class Notation {
    private static final Pattern DATE = Pattern.compile("(?:(\\d+)/)?(\\d+)");
    private static final Pattern COVERAGE = Pattern.compile("([XYZ])(?:\\[([\\d/]*)\\.\\.([\\d/]*)])?(?:@(\\d+))?");
    private static final Pattern EVIDENCE = Pattern.compile("([a-z-]+)(?:\\((.+)\\))?");
    private static final LocalDate SINCE_APRIL = LocalDate.of(2026, 4, 1);
    private static final Evidence.Reason REASON = Evidence.Reason.READER_FAULT;

    private Notation() {}

    /// `5` is 5 November 2026, `12/3` is 3 December, `1/3` is 3 January of the next year.
    static LocalDate date(String text) {
        Matcher matcher = match(DATE, text);
        int month = matcher.group(1) == null ? 11 : Integer.parseInt(matcher.group(1));
        return LocalDate.of(month < 4 ? 2027 : 2026, month, Integer.parseInt(matcher.group(2)));
    }

    /// `X`, `X[10..]` from the 10th, `X[..9]` until the 9th, `X@20` with a share of 20 percent (else 30).
    static Coverage coverage(String text) {
        Matcher matcher = match(COVERAGE, text);
        String from = matcher.group(2);
        String until = matcher.group(3);
        return Samples.coverage(
                matcher.group(1).charAt(0),
                matcher.group(4) == null ? 30 : Integer.parseInt(matcher.group(4)),
                from == null || from.isEmpty() ? SINCE_APRIL : date(from),
                until == null || until.isEmpty() ? null : date(until));
    }

    static Evidence evidence(String text) {
        Matcher matcher = match(EVIDENCE, text);
        Coverage shown = matcher.group(2) == null ? null : coverage(matcher.group(2));
        return switch (matcher.group(1)) {
            case "card" -> new Evidence.Card(Evidence.Verification.PIN, Digest.ZERO);
            case "visual" -> new Evidence.Card(Evidence.Verification.VISUAL, Digest.ZERO);
            case "certificate" -> document(Evidence.DocumentKind.ELIGIBILITY_CERTIFICATE, shown, REASON);
            case "portal" -> document(Evidence.DocumentKind.PORTAL_SCREEN, shown, REASON);
            case "notice" -> document(Evidence.DocumentKind.ELIGIBILITY_NOTICE, shown, REASON);
            case "portal-no-card" -> document(Evidence.DocumentKind.PORTAL_SCREEN, shown, Evidence.Reason.NO_CARD);
            case "notice-no-card" -> document(Evidence.DocumentKind.ELIGIBILITY_NOTICE, shown, Evidence.Reason.NO_CARD);
            case "oral" -> new Evidence.Oral(basis(shown), REASON);
            case "none" -> new Evidence.None(Evidence.Reason.NO_CARD);
            default -> throw new IllegalArgumentException("evidence: " + text);
        };
    }

    static Answer answer(String word, @Nullable Coverage coverage) {
        return switch (word) {
            case "valid" -> new Answer.Valid(Objects.requireNonNull(coverage), Samples.HANAKO);
            case "invalid" -> new Answer.Invalid(coverage);
            case "newer-exists" -> new Answer.InvalidNewerExists(coverage);
            case "not-found" -> new Answer.NotFound();
            case "several" -> new Answer.Several();
            case "unregistered" -> new Answer.ValidUnregistered();
            default -> throw new IllegalArgumentException("answer: " + word);
        };
    }

    private static Evidence document(Evidence.DocumentKind kind, @Nullable Coverage shown, Evidence.Reason reason) {
        return new Evidence.Document(kind, shown, reason);
    }

    private static Evidence.Basis basis(@Nullable Coverage shown) {
        return shown == null
                ? new Evidence.Basis.OwnRecord()
                : new Evidence.Basis.Shown(new CheckId(Samples.id("old")), SINCE_APRIL, shown.digest());
    }

    private static Matcher match(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("cannot read: " + text);
        }
        return matcher;
    }
}
