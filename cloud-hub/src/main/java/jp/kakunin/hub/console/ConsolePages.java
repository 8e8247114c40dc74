package jp.kakunin.hub.console;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.fleet.Clinic;
import jp.kakunin.hub.fleet.FileDeviceDirectory;
import jp.kakunin.hub.history.MonthHistory;

/// The three pages of an operator who is signed in: clinics, open deferrals, and one clinic's month.
final class ConsolePages {
    private final Vertx vertx;
    private final Pages pages;
    private final Views views;
    private final FleetTable fleet;
    private final FileDeviceDirectory directory;
    private final MonthHistory history;
    private final OpenItems openItems;

    ConsolePages(
            Vertx vertx,
            Pages pages,
            Views views,
            FleetTable fleet,
            FileDeviceDirectory directory,
            MonthHistory history,
            OpenItems openItems) {
        this.vertx = vertx;
        this.pages = pages;
        this.views = views;
        this.fleet = fleet;
        this.directory = directory;
        this.history = history;
        this.openItems = openItems;
    }

    void mount(Router router) {
        router.get("/")
                .handler(context -> show(context, "clinics", views.clinics(Languages.of(context), fleet.rows())));
        router.get("/worklist").handler(this::worklist);
        router.get("/clinics/:code/:month").handler(this::month);
    }

    private void worklist(RoutingContext context) {
        Future.fromCompletionStage(openItems.page(null, null), vertx.getOrCreateContext())
                .map(page -> views.worklist(Languages.of(context), page.items(), page.more(), directory.clinics()))
                .onSuccess(values -> show(context, "worklist", values))
                .onFailure(context::fail);
    }

    private void month(RoutingContext context) {
        InstitutionCode code;
        TreatmentMonth month;
        try {
            code = new InstitutionCode(String.valueOf(context.pathParam("code")));
            month = TreatmentMonth.parse(String.valueOf(context.pathParam("month")));
        } catch (RuntimeException _) {
            context.fail(404);
            return;
        }
        Clinic clinic = directory.clinics().get(code);
        if (clinic == null) {
            context.fail(404);
            return;
        }
        Future.fromCompletionStage(history.page(code, month, null), vertx.getOrCreateContext())
                .map((MonthHistory.Result result) ->
                        views.month(Languages.of(context), code, clinic.name(), month, result))
                .onSuccess(values -> show(context, "month", values))
                .onFailure(context::fail);
    }

    private void show(RoutingContext context, String page, Map<String, Object> values) {
        context.response()
                .putHeader("content-type", "text/html; charset=utf-8")
                .end(pages.render(page, Languages.of(context), true, values));
    }
}
