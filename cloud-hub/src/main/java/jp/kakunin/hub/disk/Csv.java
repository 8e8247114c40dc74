package jp.kakunin.hub.disk;

import java.util.ArrayList;
import java.util.List;

/// Lines of comma-separated text, as spreadsheets write them: a field with a comma or a quote stands in quotes.
public final class Csv {
    private Csv() {}

    public static List<String> split(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString().strip());
        return fields;
    }

    public static String join(List<String> fields) {
        return String.join(",", fields.stream().map(Csv::quote).toList());
    }

    private static String quote(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
