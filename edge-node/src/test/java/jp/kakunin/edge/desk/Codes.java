package jp.kakunin.edge.desk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kakunin.edge.activation.Trouble;
import jp.kakunin.edge.doctor.Fault;
import jp.kakunin.edge.reader.ReaderFault;
import jp.kakunin.edge.reader.ReaderState;
import jp.kakunin.edge.reader.ReaderTexts;

/// All codes of an edge with what they say, and what can happen with its codes.
final class Codes {
    /// Where codes that begin with a letter are shown.
    private static final Map<Character, String> PLACES = new TreeMap<>(Map.ofEntries(
            Map.entry('A', "page of the activation, `edge activate`"),
            Map.entry('C', "panel of the tap: certificate of the card"),
            Map.entry('D', "page that was sent, panel of the tap, local API"),
            Map.entry('L', "state of the line on the desk"),
            Map.entry(
                    'N',
                    "visit and panel of the tap: data of the answer; N03 at receipt computers (`address` is `null`)"),
            Map.entry('P', "panel of the tap: PIN"),
            Map.entry('Q', "panel of the tap: answer"),
            Map.entry('R', "panel of the tap: reading of the card"),
            Map.entry('S', "state of the reader on the desk"),
            Map.entry('T', "alarm on the desk: clock"),
            Map.entry('W', "page instead of the one asked for"),
            Map.entry('X', "`./kakunin edge doctor`")));

    private Codes() {}

    record Code(String code, String staff, String supplier, String staffEnglish, String supplierEnglish) {
        @Override
        public String toString() {
            return code;
        }
    }

    /// @param failure the class of failures
    record Row(String failure, String what, List<String> codes) {
        @Override
        public String toString() {
            return failure + ": " + what;
        }
    }

    static List<Code> all() {
        return Stream.of(ofReader(), ofDoctor(), ofActivation(), ofDesk())
                .flatMap(each -> each)
                .sorted((a, b) -> a.code().compareTo(b.code()))
                .toList();
    }

    private static Stream<Code> ofReader() {
        var japanese = new ReaderTexts(Locale.JAPANESE);
        var english = new ReaderTexts(Locale.ENGLISH);
        return Stream.of(
                        Arrays.stream(ReaderState.values()).map(ReaderState::code),
                        Arrays.stream(ReaderFault.values()).map(ReaderFault::code),
                        Stream.of(ReaderTexts.WRONG_PIN, ReaderTexts.PIN_BLOCKED, ReaderTexts.LAST_TRY))
                .flatMap(each -> each)
                .map(code -> new Code(
                        code,
                        japanese.staff(code, "n"),
                        japanese.supplier(code, "n"),
                        english.staff(code, "n"),
                        english.supplier(code, "n")));
    }

    private static Stream<Code> ofDoctor() {
        ResourceBundle japanese = doctor(Locale.ROOT);
        ResourceBundle english = doctor(Locale.ENGLISH);
        return Stream.of(Fault.values())
                .map(Fault::code)
                .map(code -> new Code(
                        code,
                        japanese.getString(code + ".staff"),
                        japanese.getString(code + ".supplier"),
                        english.getString(code + ".staff"),
                        english.getString(code + ".supplier")));
    }

    private static ResourceBundle doctor(Locale locale) {
        return ResourceBundle.getBundle(
                "jp.kakunin.edge.doctor.texts",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    private static Stream<Code> ofActivation() {
        return Stream.of(Trouble.values())
                .map(trouble -> trouble.name().toLowerCase(Locale.ROOT) + " " + trouble.code())
                .map(each -> each.split(" "))
                .map(each -> code(each[1], "trouble." + each[0], "trouble.supplier." + each[0]));
    }

    private static Stream<Code> ofDesk() {
        return Stream.concat(
                Stream.of(Advice.values()).map(advice -> code(advice.code(), advice.staffKey(), advice.supplierKey())),
                Stream.of(Problem.values())
                        .map(problem -> code(problem.code(), problem.staffKey(), problem.supplierKey())));
    }

    private static Code code(String code, String staffKey, String supplierKey) {
        Texts japanese = Texts.in(Language.JA);
        Texts english = Texts.in(Language.EN);
        return new Code(
                code,
                japanese.text(staffKey),
                japanese.text(supplierKey),
                english.text(staffKey),
                english.text(supplierKey));
    }

    static List<Row> table() throws IOException {
        List<Row> rows = new ArrayList<>();
        String failure = "";
        for (String line : text().lines().toList()) {
            if (line.startsWith("## ")) {
                failure = line.substring("## ".length());
            } else if (!failure.isEmpty() && line.startsWith("| ") && !line.startsWith("| what happened ")) {
                String[] cells = line.substring(1, line.lastIndexOf('|')).split("\\|");
                rows.add(new Row(
                        failure, cells[0].strip(), List.of(cells[1].strip().split(" "))));
            }
        }
        return rows;
    }

    private static String text() throws IOException {
        try (InputStream stream = Codes.class.getResourceAsStream("/failures.md")) {
            if (stream == null) {
                throw new IOException("failures.md is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// `ops/error-codes.md`.
    static String document() throws IOException {
        var text = new StringBuilder("""
                # Error codes of the edge

                For the IT supplier and the call centre. A code never changes its meaning. Made from the texts of the program
                and `failures.md` of the edge's tests; a test fails when it is out of date.

                ## By what happened

                | class | what happened | codes |
                |---|---|---|
                """);
        for (Row row : table()) {
            text.append("| ")
                    .append(row.failure())
                    .append(" | ")
                    .append(row.what())
                    .append(" | ");
            text.append(String.join(" ", row.codes())).append(" |\n");
        }
        text.append("\n## By code\n\nNumbers in braces, and n, stand for what is filled in.\n");
        Map<Character, List<Code>> byLetter = all().stream()
                .collect(Collectors.groupingBy(code -> code.code().charAt(0), TreeMap::new, Collectors.toList()));
        byLetter.forEach((letter, codes) -> {
            text.append("\n### ").append(letter).append(": ").append(PLACES.get(letter));
            text.append("\n\n| code | 受付の人へ | 保守業者へ | for the staff | for the supplier |\n|---|---|---|---|---|\n");
            for (Code code : codes) {
                text.append("| ").append(String.join(" | ", code.code(), code.staff(), code.supplier()));
                text.append(" | ").append(String.join(" | ", code.staffEnglish(), code.supplierEnglish()));
                text.append(" |\n");
            }
        });
        return text.toString();
    }
}
