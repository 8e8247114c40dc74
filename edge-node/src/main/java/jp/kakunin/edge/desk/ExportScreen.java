package jp.kakunin.edge.desk;

import io.vertx.ext.web.RoutingContext;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Limits;

/// The page from which the staff save what is unsent as one file, to be carried by hand.
final class ExportScreen {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyyMMdd-HHmm", Locale.ROOT);
    private static final int BYTES_PER_MEBIBYTE = 1_024 * 1_024;

    private final Reception reception;
    private final Screens screens;

    ExportScreen(Reception reception, Screens screens) {
        this.reception = reception;
        this.screens = screens;
    }

    /// @param note what is to be known of these records: until when, or why not
    public record Row(String month, int records, String note, boolean canBeCarried) {}

    void show(RoutingContext context) {
        Texts texts = screens.caller(context).texts();
        screens.show(context, 200, "export", reception.edge().exportable().thenApply(exportable -> {
            Map<String, Object> model = new HashMap<>();
            model.put("title", texts.text("export.title"));
            model.put("rows", rows(exportable, texts));
            model.put("canBeCarried", exportable.refusal() == null);
            model.put("fileMax", Limits.EXPORT_BYTES_MAX / BYTES_PER_MEBIBYTE);
            model.put("recordsMax", Limits.EXPORT_FACTS_MAX);
            return model;
        }));
    }

    private static List<Row> rows(Exportable exportable, Texts texts) {
        List<Row> rows = new ArrayList<>();
        exportable
                .tooLate()
                .forEach((month, records) ->
                        rows.add(new Row(month.toString(), records, texts.text("export.too_late"), false)));
        exportable
                .withoutKey()
                .forEach((month, records) ->
                        rows.add(new Row(month.toString(), records, texts.text("export.without_key"), false)));
        exportable
                .records()
                .forEach((month, records) -> rows.add(new Row(
                        month.toString(), records, texts.text("export.by.day", texts.date(month.closes())), true)));
        return rows;
    }

    void save(RoutingContext context) {
        String minute = MINUTE.format(ZonedDateTime.ofInstant(reception.edge().now(), TreatmentMonth.JAPAN));
        ExportZip.answer(
                context,
                reception.edge(),
                "kakunin-export-" + minute + ".zip",
                problem -> screens.refuse(context, LocalApi.status(problem), problem));
    }
}
