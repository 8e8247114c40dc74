package jp.kakunin.load.population;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A table of the traffic model: comma-separated, the first line names the columns, `#` begins a comment.
final class ModelTable {
    private final String name;
    private final Map<String, String> fields;

    private ModelTable(String name, Map<String, String> fields) {
        this.name = name;
        this.fields = fields;
    }

    static List<ModelTable> rows(String name) {
        List<ModelTable> rows = new ArrayList<>();
        List<String> columns = List.of();
        for (String line : text(name).split("\n")) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> fields = List.of(line.strip().split(",", -1));
            if (columns.isEmpty()) {
                columns = fields;
                continue;
            }
            if (fields.size() != columns.size()) {
                throw new IllegalStateException(name + ": a row must have " + columns.size() + " fields: " + line);
            }
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < fields.size(); i++) {
                row.put(columns.get(i), fields.get(i).strip());
            }
            rows.add(new ModelTable(name, row));
        }
        return rows;
    }

    String text(String column, boolean mayBeEmpty) {
        String value = fields.getOrDefault(column, "");
        if (value.isEmpty() && !mayBeEmpty) {
            throw new IllegalStateException(name + ": column " + column + " must not be empty");
        }
        return value;
    }

    double number(String column) {
        return Double.parseDouble(text(column, false));
    }

    private static String text(String name) {
        try (InputStream in = ModelTable.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its table " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
