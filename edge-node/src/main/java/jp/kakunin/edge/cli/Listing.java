package jp.kakunin.edge.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;

/// JSON rows as lines of columns.
final class Listing {
    private Listing() {}

    static JsonArray sorted(JsonArray rows, String first, String second) {
        var order = Comparator.comparing((JsonObject row) -> row.getString(first, ""))
                .thenComparing(row -> row.getString(second, ""));
        var sorted = new JsonArray();
        rows.stream().map(JsonObject.class::cast).sorted(order).forEach(sorted::add);
        return sorted;
    }

    static void print(PrintWriter out, JsonArray rows, List<String> columns) {
        List<JsonObject> lines = rows.stream().map(JsonObject.class::cast).toList();
        var format = new StringBuilder();
        for (String column : columns) {
            int width =
                    lines.stream().mapToInt(line -> cell(line, column).length()).reduce(column.length(), Math::max);
            format.append("%-").append(width + 2).append('s');
        }
        out.println(String.format(format.toString(), columns.toArray()).stripTrailing());
        for (JsonObject line : lines) {
            Object[] cells = columns.stream().map(column -> cell(line, column)).toArray();
            out.println(String.format(format.toString(), cells).stripTrailing());
        }
        out.flush();
    }

    private static String cell(JsonObject line, String column) {
        Object value = line.getValue(column);
        return value == null ? "-" : value.toString();
    }
}
