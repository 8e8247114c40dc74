package jp.kakunin.edge.desk;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.InsurerNumber;
import org.jspecify.annotations.Nullable;

/// What the staff type off a document. Either nothing of it, or all that a claim needs; what is wrong is said of the
/// field that is wrong. Width does not matter, and which dash was typed matters to nobody who compares.
final class CoverageFields {
    private static final int FULL_WIDTH_FIRST = 0xFF01;
    private static final int FULL_WIDTH_LAST = 0xFF5E;
    private static final int FULL_WIDTH_OFFSET = 0xFEE0;
    private static final int TEXT_CHARACTERS_MAX = 38;

    private final Map<String, String> fields;

    private CoverageFields(Map<String, String> fields) {
        this.fields = fields;
    }

    static Outcome<Optional<Coverage>> of(Map<String, String> fields) {
        return new CoverageFields(fields).read();
    }

    private Outcome<Optional<Coverage>> read() {
        String insurer = typed("insurer").replaceAll("[\\s-]", "");
        String symbol = typed("symbol");
        String number = typed("number");
        String branch = typed("branch");
        String copay = typed("copayPercent");
        String from = typed("from");
        String until = typed("until");
        if (String.join("", insurer, symbol, number, branch, copay, from, until).isEmpty()) {
            return Outcome.done(Optional.empty());
        }
        Problem missing = missing(insurer, number, copay, from);
        if (missing != null) {
            return Outcome.refused(missing);
        }
        if (!insurer.matches("[0-9]{8}|[0-9]{6}")) {
            return Outcome.refused(Problem.INSURER_NOT_A_NUMBER);
        }
        if (symbol.length() > TEXT_CHARACTERS_MAX) {
            return Outcome.refused(Problem.SYMBOL_TOO_LONG);
        }
        if (number.length() > TEXT_CHARACTERS_MAX) {
            return Outcome.refused(Problem.NUMBER_TOO_LONG);
        }
        if (!branch.matches("[0-9]{0,2}")) {
            return Outcome.refused(Problem.BRANCH_INVALID);
        }
        if (!copay.matches("[0-9]{1,2}|100")) {
            return Outcome.refused(Problem.COPAY_INVALID);
        }
        LocalDate begins = date(from);
        LocalDate ends = date(until);
        if (begins == null) {
            return Outcome.refused(Problem.FROM_INVALID);
        }
        if (ends == null && !until.isEmpty() || ends != null && ends.isBefore(begins)) {
            return Outcome.refused(Problem.UNTIL_INVALID);
        }
        try {
            InsurerNumber checked = new InsurerNumber(insurer);
            return Outcome.done(
                    Optional.of(new Coverage(checked, symbol, number, branch, Integer.parseInt(copay), begins, ends)));
        } catch (IllegalArgumentException _) {
            return Outcome.refused(Problem.INSURER_CHECK_DIGIT);
        }
    }

    private static @Nullable Problem missing(String insurer, String number, String copay, String from) {
        if (insurer.isEmpty()) {
            return Problem.INSURER_MISSING;
        }
        if (number.isEmpty()) {
            return Problem.NUMBER_MISSING;
        }
        if (copay.isEmpty()) {
            return Problem.COPAY_MISSING;
        }
        return from.isEmpty() ? Problem.FROM_MISSING : null;
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException _) {
            return null;
        }
    }

    /// Letters and digits half-width; kana and kanji stay as they are.
    private String typed(String field) {
        StringBuilder plain = new StringBuilder();
        for (char c : fields.getOrDefault(field, "").toCharArray()) {
            boolean wide = c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST;
            plain.append(wide ? (char) (c - FULL_WIDTH_OFFSET) : c);
        }
        return plain.toString().strip();
    }
}
