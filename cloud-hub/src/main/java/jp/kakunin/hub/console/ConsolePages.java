package jp.kakunin.hub.console;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.BiConsumer;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.fleet.Clinic;
import jp.kakunin.hub.fleet.FileDeviceDirectory;
import jp.kakunin.hub.history.MonthHistory;

/// The pages of an operator who is signed in: clinics, what is not confirmed, what was set aside, and one clinic's
/// month.
final class ConsolePages {
    private final Vertx vertx;
    private final Pages pages;
    private final Views views;
    private final FleetTable fleet;
    private final FileDeviceDirectory directory;
    private final MonthHistory history;
    private final OpenItems openItems;
    private final Quarantine quarantine;

    ConsolePages(
            Vertx vertx,
            Pages pages,
            Views views,
            FleetTable fleet,
            FileDeviceDirectory directory,
            MonthHistory history,
            OpenItems openItems,
            Quarantine quarantine) {
        this.vertx = vertx;
        this.pages = pages;
        this.views = views;
        this.fleet = fleet;
        this.directory = directory;
        this.history = history;
        this.openItems = openItems;
        this.quarantine = quarantine;
    }

    void mount(Router router) {
        router.get("/")
                .handler(context -> show(context, "clinics", views.clinics(Languages.of(context), fleet.rows())));
        router.get("/worklist").handler(context -> ofClinic(context, this::worklist));
        router.get("/quarantine").handler(context -> ofClinic(context, this::quarantine));
        router.get("/clinics/:code/:month").handler(this::month);
    }

    private void worklist(RoutingContext context, ClinicChoice choice) {
        Future.fromCompletionStage(openItems.page(choice.clinic(), null), vertx.getOrCreateContext())
                .map(page -> views.worklist(Languages.of(context), page, choice, directory.clinics()))
                .onSuccess(values -> show(context, "worklist", values))
                .onFailure(context::fail);
    }

    private void quarantine(RoutingContext context, ClinicChoice choice) {
        Future.fromCompletionStage(quarantine.of(choice.clinic()), vertx.getOrCreateContext())
                .map(found -> new QuarantineView(directory.clinics(), directory.devices())
                        .values(Languages.of(context), found, choice, views))
                .onSuccess(values -> show(context, "quarantine", values))
                .onFailure(context::fail);
    }

    /// A list of all clinics, or of one that is known.
    private void ofClinic(RoutingContext context, BiConsumer<RoutingContext, ClinicChoice> list) {
        ClinicChoice choice;
        try {
            choice = ClinicChoice.of(context);
        } catch (IllegalArgumentException _) {
            context.fail(404);
            return;
        }
        if (choice.clinic() == null || directory.clinics().containsKey(choice.clinic())) {
            list.accept(context, choice);
        } else {
            context.fail(404);
        }
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
