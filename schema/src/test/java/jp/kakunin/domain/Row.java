package jp.kakunin.domain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// One row of `reconciliation-table.md`: what happened to a patient, and what the visits of a month stand at. How to
/// read it stands in the file; [Story] reads it for the tests.
///
/// @param month whose visits are judged: November 2026 unless the section says otherwise
record Row(String section, String situation, TreatmentMonth month, String story, String standings) {
    private static final String FILE = "/reconciliation-table.md";
    private static final int COLUMNS = 3;

    static List<Row> all() throws IOException {
        List<Row> rows = new ArrayList<>();
        String section = "";
        for (String line : text().lines().toList()) {
            if (line.startsWith("## ")) {
                section = line.substring("## ".length());
            } else if (!section.isEmpty() && line.startsWith("| ") && !line.startsWith("| situation ")) {
                rows.add(of(section, line));
            }
        }
        return rows;
    }

    String name() {
        return section + ": " + situation;
    }

    private static Row of(String section, String line) {
        String[] cells = line.substring(1, line.lastIndexOf('|')).split("\\|", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalArgumentException("three columns, please: " + line);
        }
        TreatmentMonth month = section.endsWith("(visits of December)") ? Samples.NOVEMBER.next() : Samples.NOVEMBER;
        return new Row(section, cells[0].strip(), month, cells[1].strip(), cells[2].strip());
    }

    private static String text() throws IOException {
        try (var in = Objects.requireNonNull(Row.class.getResourceAsStream(FILE), FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
