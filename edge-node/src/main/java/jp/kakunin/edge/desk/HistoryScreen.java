package jp.kakunin.edge.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jp.kakunin.domain.TreatmentMonth;

/// Past visits: everything that may still be seen, until the month after has ended. Searched by a form and not by an
/// address, because a name must not stand in one.
final class HistoryScreen {
    /// Shown at once; who looks for something narrows the search.
    static final int ROWS_MAX = 300;

    private static final List<String> WORDS =
            List.of("confirmed", "attested", "waiting", "deferred", "refused", "not_found", "several", "contested");

    private final Reception reception;
    private final Screens screens;

    HistoryScreen(Reception reception, Screens screens) {
        this.reception = reception;
        this.screens = screens;
    }

    void show(RoutingContext context, Map<String, String> typed) {
        Caller caller = screens.caller(context);
        Texts texts = caller.texts();
        Search search = Search.of(typed);
        TreatmentMonth running = TreatmentMonth.of(reception.today());
        screens.show(
                context, 200, "history", reception.book(caller.clinic().code()).thenApply(book -> {
                    List<DeskVisit> found = book.found(search);
                    List<DeskVisit> shown = found.stream().limit(ROWS_MAX).toList();
                    Map<String, Object> model = new HashMap<>();
                    model.put("title", texts.text("history.title"));
                    model.put("typed", typed);
                    model.put("first", running.previous().value().atDay(1).toString());
                    model.put("last", reception.today().toString());
                    Outage outage = reception.outage();
                    model.put(
                            "old",
                            outage.stage() == Outage.Stage.NONE
                                    ? ""
                                    : texts.text(
                                            "history.old",
                                            texts.date(TreatmentMonth.dateAt(outage.since())),
                                            texts.time(outage.since())));
                    model.put("closes", texts.date(running.previous().closes()));
                    model.put("standings", standings(search, texts));
                    model.put("more", Math.max(0, found.size() - ROWS_MAX));
                    model.put(
                            "rows",
                            shown.stream()
                                    .map(visit -> VisitRow.of(visit, sameDay(visit, shown), book.remarks(), texts))
                                    .toList());
                    return model;
                }));
    }

    private static List<DeskVisit> sameDay(DeskVisit visit, List<DeskVisit> all) {
        return all.stream()
                .filter(other ->
                        other.judged().treatmentDate().equals(visit.judged().treatmentDate()))
                .toList();
    }

    private static List<Choice> standings(Search search, Texts texts) {
        return Stream.concat(
                        Stream.of(new Choice(
                                "", texts.text("history.all"), search.word().isEmpty())),
                        WORDS.stream()
                                .map(word ->
                                        new Choice(word, texts.text("standing." + word), word.equals(search.word()))))
                .toList();
    }
}
