package jp.kakunin.hub.authority;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.domain.Particulars;
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

    /// May follow as well: what claim forms ask for.
    static final List<String> CLAIM_COLUMNS = List.of(
            "post_number",
            "address",
            "insurer_name",
            "insured_name",
            "relation",
            "sex",
            "preschool",
            "elderly_percent");

    static final int ADDRESS_CHARS_MAX = 80;

    private static final Pattern SERIAL = Pattern.compile("[0-9A-Fa-f]{1,40}");
    private static final Pattern INSURER_BODY = Pattern.compile("[0-9]{5}|[0-9]{7}");
    private static final Pattern BRANCH = Pattern.compile("[0-9]{0,2}");
    private static final Map<String, RegistryEntry.State> STATES = Map.of(
            "valid", RegistryEntry.State.VALID,
            "suspended", RegistryEntry.State.SUSPENDED,
            "unregistered", RegistryEntry.State.UNREGISTERED);
    private static final Map<String, Particulars.Relation> RELATIONS =
            Map.of("insured", Particulars.Relation.INSURED, "family", Particulars.Relation.FAMILY);
    private static final Map<String, Particulars.Sex> SEXES =
            Map.of("male", Particulars.Sex.MALE, "female", Particulars.Sex.FEMALE);
    private static final Map<String, Boolean> YES = Map.of("yes", true);
    private static final int TEXT_CHARS_MAX = 38;
    private static final int PERCENT_MAX = 100;

    private final long line;
    private final List<String> columns;
    private final List<String> fields;

    private RegistryLine(long line, List<String> columns, List<String> fields) {
        this.line = line;
        this.columns = columns;
        this.fields = fields;
    }

    /// @param columns those the header names
    static RegistryEntry parse(long line, String text, List<String> columns) throws RegistryFileException {
        List<String> fields = List.of(text.split(",", -1));
        if (fields.size() != columns.size()) {
            throw new RegistryFileException(
                    line,
                    "has " + fields.size() + " columns instead of " + columns.size()
                            + "; separate them by commas and leave an empty one empty, without its comma left out");
        }
        return new RegistryLine(line, columns, fields).entry();
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
                percent("copay_percent"),
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
        return new RegistryEntry(serial, insured, particulars(), coverage, state, knownFrom, knownUntil);
    }

    private LocalDate known(String column, LocalDate always) throws RegistryFileException {
        return field(column).isEmpty() ? always : date(column);
    }

    private Particulars particulars() throws RegistryFileException {
        return new Particulars(
                optionalText("post_number"),
                text("address", ADDRESS_CHARS_MAX),
                optionalText("insurer_name"),
                optionalText("insured_name"),
                oneOf("relation", RELATIONS),
                oneOf("sex", SEXES),
                Boolean.TRUE.equals(oneOf("preschool", YES)),
                field("elderly_percent").isEmpty() ? null : percent("elderly_percent"));
    }

    private <T> @Nullable T oneOf(String column, Map<String, T> words) throws RegistryFileException {
        String word = field(column);
        T meant = words.get(word);
        if (meant == null && !word.isEmpty()) {
            throw wrong(
                    column,
                    "write " + words.keySet().stream().sorted().collect(Collectors.joining(" or ")) + " or nothing");
        }
        return meant;
    }

    private int percent(String column) throws RegistryFileException {
        String text = field(column);
        int percent = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : PERCENT_MAX + 1;
        if (percent > PERCENT_MAX) {
            throw wrong(column, "write the patient's share as 0 to 100, e.g. 30");
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
        return text(column, TEXT_CHARS_MAX);
    }

    private String text(String column, int charsMax) throws RegistryFileException {
        String text = field(column);
        if (text.length() > charsMax) {
            throw wrong(column, "may have at most " + charsMax + " characters");
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

    /// Empty too when the file does not have the column.
    private String field(String column) {
        int at = columns.indexOf(column);
        return at < 0 ? "" : fields.get(at).strip();
    }

    private RegistryFileException wrong(String column, String remedy) {
        return new RegistryFileException(line, column, remedy);
    }
}
