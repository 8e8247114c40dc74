package jp.kakunin.edge.desk;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import jp.kakunin.domain.TreatmentMonth;

/// What a sealed export would carry, for programs, with the text for the staff.
final class ExportJson {
    private ExportJson() {}

    static JsonObject of(Exportable exportable, Texts texts) {
        return new JsonObject()
                .put("records", months(exportable.records()))
                .put("tooLate", months(exportable.tooLate()))
                .put("withoutKey", months(exportable.withoutKey()))
                .put("staff", staff(exportable, texts));
    }

    private static JsonObject months(Map<TreatmentMonth, Integer> records) {
        JsonObject months = new JsonObject();
        records.forEach((month, count) -> months.put(month.toString(), count));
        return months;
    }

    private static String staff(Exportable exportable, Texts texts) {
        int records = Exportable.sum(exportable.records());
        StringBuilder staff =
                new StringBuilder(records == 0 ? texts.text("export.none") : texts.text("export.carry", records));
        exportable
                .tooLate()
                .forEach((month, count) -> staff.append(' ').append(texts.text("export.left.too_late", month, count)));
        exportable
                .withoutKey()
                .forEach((month, count) ->
                        staff.append(' ').append(texts.text("export.left.without_key", month, count)));
        return staff.toString();
    }
}
