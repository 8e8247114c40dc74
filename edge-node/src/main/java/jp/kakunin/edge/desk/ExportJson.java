package jp.kakunin.edge.desk;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// What a sealed export wrote, for programs, with the text for the staff.
final class ExportJson {
    private ExportJson() {}

    static JsonObject of(ExportReport report, Texts texts) {
        JsonArray files = new JsonArray();
        report.files()
                .forEach(file -> files.add(new JsonObject()
                        .put("name", file.name())
                        .put("month", file.month().toString())
                        .put("records", file.records())));
        JsonObject left = new JsonObject();
        report.left().forEach((month, records) -> left.put(month.toString(), records));
        return new JsonObject()
                .put("folder", report.folder().toString())
                .put("records", report.records())
                .put("files", files)
                .put("left", left)
                .put("staff", staff(report, texts));
    }

    private static String staff(ExportReport report, Texts texts) {
        int left = report.left().values().stream().mapToInt(Integer::intValue).sum();
        String done = report.files().isEmpty()
                ? texts.text("export.nothing")
                : texts.text("export.done", report.records(), report.files().size());
        return left == 0 ? done : done + " " + texts.text("export.left", left);
    }
}
