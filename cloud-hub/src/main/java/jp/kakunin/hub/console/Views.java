package jp.kakunin.hub.console;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.kakunin.domain.Deadline;
import jp.kakunin.domain.DueState;
import jp.kakunin.domain.Forecast;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.hub.fleet.Clinic;
import jp.kakunin.hub.history.MonthHistory;
import jp.kakunin.hub.journal.WorkItem;
import org.jspecify.annotations.Nullable;

/// What the pages show, as texts in the operator's language.
final class Views {
    static final int CLINICS_MAX = 500;

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(TreatmentMonth.JAPAN);

    private final InstantSource clock;
    private final int filingDay;

    Views(InstantSource clock, int filingDay) {
        this.clock = clock;
        this.filingDay = filingDay;
    }

    Map<String, Object> clinics(Language language, List<ClinicRow> rows) {
        var values = common(language);
        values.put("month", TreatmentMonth.at(clock.instant()).toString());
        values.put(
                "rows",
                rows.stream().limit(CLINICS_MAX).map(row -> row(language, row)).toList());
        values.put("counts", counts(language, "state.", rows, row -> row.state().name()));
        values.put(
                "more",
                rows.size() > CLINICS_MAX ? Texts.text(language, "clinics.more", CLINICS_MAX, rows.size()) : "");
        return values;
    }

    Map<String, Object> worklist(
            Language language, OpenItems.Page page, ClinicChoice choice, Map<InstitutionCode, Clinic> clinics) {
        var values = ofClinic(language, choice, clinics);
        List<WorkItem> items = page.items();
        var worklist = new Worklist(today(), filingDay);
        values.put(
                "rows",
                items.stream()
                        .map(item -> row(language, worklist, item, clinics))
                        .toList());
        values.put(
                "counts",
                counts(
                        language,
                        "forecast.",
                        items,
                        item -> worklist.forecast(item).name()));
        values.put("count", Texts.text(language, "worklist.count", items.size()));
        values.put("more", page.more() ? Texts.text(language, "worklist.more", items.size()) : "");
        return values;
    }

    Map<String, Object> month(
            Language language, InstitutionCode clinic, String name, TreatmentMonth month, MonthHistory.Result result) {
        var values = common(language);
        values.put("title", Texts.text(language, "month.title", name, month));
        values.put("code", clinic.digits());
        values.put("earlier", month.previous().toString());
        values.put("later", month.next().toString());
        switch (result) {
            case MonthHistory.Result.Closed _ -> {
                values.put("closed", Texts.text(language, "month.closed", month.closes()));
                values.put("rows", List.of());
                values.put("counts", List.of());
                values.put("more", "");
            }
            case MonthHistory.Result.Page page -> {
                List<VisitStanding> visits = page.visits().stream()
                        .map(line -> line.visit())
                        .sorted(Comparator.comparing(VisitStanding::treatmentDate)
                                .thenComparing(VisitStanding::visit))
                        .toList();
                values.put("closed", "");
                values.put(
                        "rows",
                        visits.stream().map(visit -> row(language, visit)).toList());
                values.put(
                        "counts",
                        counts(
                                language,
                                "standing.",
                                visits,
                                visit -> visit.standing().word()));
                values.put("more", page.next() == null ? "" : Texts.text(language, "month.more", visits.size()));
            }
        }
        return values;
    }

    /// What a list needs that can be narrowed to one clinic.
    Map<String, Object> ofClinic(Language language, ClinicChoice choice, Map<InstitutionCode, Clinic> clinics) {
        var values = common(language);
        values.put("choices", choice.options(clinics));
        values.put("query", choice.query());
        return values;
    }

    private Map<String, Object> common(Language language) {
        var values = new TreeMap<String, Object>();
        values.put("asof", Texts.text(language, "asof", MOMENT.format(clock.instant())));
        return values;
    }

    private static Map<String, Object> row(Language language, ClinicRow row) {
        var values = new TreeMap<String, Object>();
        values.put("code", row.code());
        values.put("name", row.name());
        values.put("state", row.state().name());
        values.put("stateText", Texts.text(language, "state." + row.state()));
        values.put("lastSeen", moment(row.lastSeen()));
        values.put("unsent", row.unsent());
        values.put("oldest", moment(row.oldest()));
        values.put(
                "earliestDue",
                row.earliestDue() == null ? "–" : row.earliestDue().toString());
        values.put("reader", row.reader() == null ? "–" : Texts.text(language, "reader." + row.reader()));
        values.put("version", row.version() == null ? "–" : row.version());
        return values;
    }

    private Map<String, Object> row(
            Language language, Worklist worklist, WorkItem item, Map<InstitutionCode, Clinic> clinics) {
        Deadline deadline = worklist.deadline(item);
        Forecast forecast = worklist.forecast(item);
        Clinic clinic = clinics.get(item.clinic());
        var values = new TreeMap<String, Object>();
        values.put("deadline", Texts.text(language, "deadline." + deadline.kind(), deadline.date()));
        values.put("stage", deadline.stage().name());
        values.put("stageText", Texts.text(language, "stage." + deadline.stage()));
        values.put("forecast", forecast.name());
        values.put("forecastText", Texts.text(language, "forecast." + forecast));
        values.put("code", item.clinic().digits());
        values.put("name", clinic == null ? "" : clinic.name());
        values.put("date", item.treatmentDate() + " " + Texts.text(language, "kind." + item.kind()));
        values.put("standing", item.standing());
        values.put("standingText", Texts.text(language, "standing." + item.standing()));
        values.put("patient", Worklist.pseudonym(item.patient()));
        return values;
    }

    private Map<String, Object> row(Language language, VisitStanding visit) {
        DueState due = DueState.of(visit, today(), filingDay);
        return Map.of(
                "date", visit.treatmentDate().toString(),
                "kind", Texts.text(language, "kind." + visit.kind()),
                "standing", visit.standing().word(),
                "standingText",
                        Texts.text(language, "standing." + visit.standing().word()),
                "asOf", visit.proof() == null ? "–" : visit.proof().asOf().toString(),
                "dueText", Texts.text(language, "due." + due),
                "number", number(visit),
                "patient", Worklist.pseudonym(visit.patient()));
    }

    private static String number(VisitStanding visit) {
        return visit.proof() == null || visit.proof().number() == null
                ? "–"
                : visit.proof().number().toString();
    }

    static <T> List<Map<String, Object>> counts(
            Language language, String keys, List<T> rows, Function<T, String> word) {
        var numbers = rows.stream().collect(Collectors.groupingBy(word, TreeMap::new, Collectors.counting()));
        var counts = new ArrayList<Map<String, Object>>();
        numbers.forEach((state, number) ->
                counts.add(Map.of("state", state, "text", Texts.text(language, keys + state), "number", number)));
        return counts;
    }

    private LocalDate today() {
        return TreatmentMonth.dateAt(clock.instant());
    }

    static String moment(@Nullable Instant instant) {
        return instant == null ? "–" : MOMENT.format(instant);
    }
}
