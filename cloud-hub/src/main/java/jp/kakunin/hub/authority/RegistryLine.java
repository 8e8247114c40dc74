package jp.kakunin.hub.authority;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.InsurerNumber;
import org.jspecify.annotations.Nullable;

/// One line of a registry file, read column by column.
final class RegistryLine {
    static final List<String> COLUMNS = List.of(
            "certificate_serial",
            "name",
            "kana",
            "birth_date",
            "insurer_body",
            "symbol",
            "number",
            "branch",
            "copay_percent",
            "from",
            "until",
            "state");

    /// May follow the others: from when until when the authority knew the line.
    static final List<String> KNOWN_COLUMNS = List.of("known_from", "known_until");

    private static final Pattern SERIAL = Pattern.compile("[0-9A-Fa-f]{1,40}");
    private static final Pattern INSURER_BODY = Pattern.compile("[0-9]{5}|[0-9]{7}");
    private static final Pattern BRANCH = Pattern.compile("[0-9]{0,2}");
    private static final Map<String, RegistryEntry.State> STATES = Map.of(
            "valid", RegistryEntry.State.VALID,
            "suspended", RegistryEntry.State.SUSPENDED,
            "unregistered", RegistryEntry.State.UNREGISTERED);
    private static final int TEXT_CHARS_MAX = 38;
    private static final int PERCENT_MAX = 100;

    private final long line;
    private final List<String> fields;

    private RegistryLine(long line, List<String> fields) {
        this.line = line;
        this.fields = fields;
    }

    /// @param columns how many the header has
    static RegistryEntry parse(long line, String text, int columns) throws RegistryFileException {
        List<String> fields = List.of(text.split(",", -1));
        if (fields.size() != columns) {
            throw new RegistryFileException(
                    line,
                    "has " + fields.size() + " columns instead of " + columns
                            + "; separate them by commas and leave an empty one empty, without its comma left out");
        }
        return new RegistryLine(line, fields).entry();
    }

    private RegistryEntry entry() throws RegistryFileException {
        BigInteger serial =
                new BigInteger(matching("certificate_serial", SERIAL, "write the serial number as hex digits"), 16);
        Insured insured = new Insured(text("name"), text("kana"), date("birth_date"));
        String body = matching(
                "insurer_body", INSURER_BODY, "write the insurer's number without its check digit: 7 or 5 digits");
        LocalDate from = date("from");
        LocalDate until = field("until").isEmpty() ? null : date("until");
        if (until != null && until.isBefore(from)) {
            throw wrong("until", "must not lie before `from`; leave it empty while the coverage has no end");
        }
        Coverage coverage = new Coverage(
                InsurerNumber.ofBody(body),
                optionalText("symbol"),
                text("number"),
                matching("branch", BRANCH, "write at most 2 digits"),
                percent(),
                from,
                until);
        RegistryEntry.@Nullable State state = STATES.get(field("state"));
        if (state == null) {
            throw wrong("state", "write valid, suspended or unregistered");
        }
        LocalDate knownFrom = known("known_from", LocalDate.MIN);
        LocalDate knownUntil = known("known_until", LocalDate.MAX);
        if (knownUntil.isBefore(knownFrom)) {
            throw wrong("known_until", "must not lie before `known_from`; leave it empty if the line still holds");
        }
        return new RegistryEntry(serial, insured, coverage, state, knownFrom, knownUntil);
    }

    private LocalDate known(String column, LocalDate always) throws RegistryFileException {
        return fields.size() == COLUMNS.size() || field(column).isEmpty() ? always : date(column);
    }

    private int percent() throws RegistryFileException {
        String text = field("copay_percent");
        int percent = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : PERCENT_MAX + 1;
        if (percent > PERCENT_MAX) {
            throw wrong("copay_percent", "write the patient's share as 0 to 100, e.g. 30");
        }
        return percent;
    }

    private LocalDate date(String column) throws RegistryFileException {
        try {
            return LocalDate.parse(field(column));
        } catch (DateTimeParseException _) {
            throw wrong(column, "write the date as year-month-day, e.g. 1980-05-31");
        }
    }

    private String text(String column) throws RegistryFileException {
        String text = optionalText(column);
        if (text.isEmpty()) {
            throw wrong(column, "must not be empty");
        }
        return text;
    }

    private String optionalText(String column) throws RegistryFileException {
        String text = field(column);
        if (text.length() > TEXT_CHARS_MAX) {
            throw wrong(column, "may have at most " + TEXT_CHARS_MAX + " characters");
        }
        return text;
    }

    private String matching(String column, Pattern pattern, String remedy) throws RegistryFileException {
        String text = field(column);
        if (!pattern.matcher(text).matches()) {
            throw wrong(column, remedy);
        }
        return text;
    }

    private String field(String column) {
        int at = COLUMNS.indexOf(column);
        return fields.get(at >= 0 ? at : COLUMNS.size() + KNOWN_COLUMNS.indexOf(column))
                .strip();
    }

    private RegistryFileException wrong(String column, String remedy) {
        return new RegistryFileException(line, column, remedy);
    }
}
