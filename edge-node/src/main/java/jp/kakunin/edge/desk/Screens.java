package jp.kakunin.edge.desk;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.edge.door.Door;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts pages together: the frame every page has, and how a page is sent.
final class Screens {
    private static final Logger LOG = LoggerFactory.getLogger(Screens.class);

    private final Reception reception;
    private final Pages pages;
    private final Guard guard;
    private final Flashes flashes;
    private final String instance;
    private final Onces onces;
    private final Door door;

    Screens(Reception reception, Pages pages, Guard guard, Flashes flashes, Onces onces, String instance, Door door) {
        this.reception = reception;
        this.pages = pages;
        this.guard = guard;
        this.flashes = flashes;
        this.onces = onces;
        this.door = door;
        this.instance = instance;
    }

    Caller caller(RoutingContext context) {
        return Caller.of(context, reception);
    }

    void show(RoutingContext context, int status, String page, CompletableFuture<Map<String, Object>> model) {
        Caller caller = caller(context);
        Map<String, Object> frame = frame(context, caller);
        Future.fromCompletionStage(model, context.vertx().getOrCreateContext())
                .map(own -> {
                    frame.putAll(own);
                    return pages.render(page, caller.language(), frame);
                })
                .onSuccess(html -> send(context, status, html))
                .onFailure(failure -> fail(context, failure));
    }

    void refuse(RoutingContext context, int status, Problem problem) {
        Caller caller = caller(context);
        Map<String, Object> model = frame(context, caller);
        model.put("problem", ProblemView.of(problem, caller.texts()));
        model.put("title", caller.texts().text("error.page"));
        send(context, status, pages.render("error", caller.language(), model));
    }

    /// Names are no part of it: the failure is described by its class alone where it could carry some.
    void fail(RoutingContext context, @Nullable Throwable failure) {
        LOG.atError().setCause(failure).log("a page could not be shown");
        if (!context.response().ended()) {
            refuse(context, 500, Problem.INTERNAL);
        }
    }

    /// Until the activation pages stand where the desk stood.
    void moment(RoutingContext context) {
        Caller caller = caller(context);
        Map<String, Object> model = frame(context, caller);
        model.put("title", caller.texts().text("again.go"));
        model.put("done", "activate.moment");
        model.put("open", ActivationServer.PAGE);
        send(context, 200, pages.render("activated", caller.language(), model));
    }

    void redirect(RoutingContext context, String to) {
        context.response().setStatusCode(303).putHeader("Location", to).end();
    }

    /// The way home that shows the confirmation there.
    String homeWith(Flashes.Flash flash) {
        return with("/", flash);
    }

    String with(String page, Flashes.Flash flash) {
        return page + "?flash=" + flashes.keep(flash);
    }

    /// The date of the page; today when none or an impossible one is asked for.
    LocalDate date(HttpServerRequest request) {
        String asked = request.getParam("date");
        if (asked != null && asked.length() == 10) {
            try {
                return LocalDate.parse(asked);
            } catch (DateTimeException _) {
                return reception.today();
            }
        }
        return reception.today();
    }

    private Map<String, Object> frame(RoutingContext context, Caller caller) {
        HttpServerRequest request = context.request();
        Map<String, Object> model = new HashMap<>();
        model.put("csrf", guard.formToken(request));
        model.put("instance", instance);
        model.put("once", onces.next());
        model.put("clinicCode", caller.clinic().code().digits());
        model.put("clinicName", caller.clinic().name());
        model.put(
                "clinics",
                reception.offered().equals(List.of(caller.clinic()))
                        ? List.of()
                        : reception.offered().stream()
                                .map(each ->
                                        new Choice(each.code().digits(), each.name(), each.equals(caller.clinic())))
                                .toList());
        String path = request.path() == null ? "/" : request.path();
        model.put("path", path);
        model.put("here", here(request));
        model.put("home", path.equals("/"));
        model.put("atPc", !request.isSSL());
        model.put("lockable", door.hasPasscode());
        model.put("flash", flash(request, caller.texts()));
        model.put("problem", ProblemView.NONE);
        return model;
    }

    /// The query that leads to the same page again, without what is chosen by links.
    private static String here(HttpServerRequest request) {
        StringBuilder query = new StringBuilder();
        for (String name : List.of("date", "id", "patient")) {
            String value = request.getParam(name);
            if (value != null && value.matches("[0-9a-f-]{1,36}")) {
                query.append(name).append('=').append(value).append('&');
            }
        }
        return query.toString();
    }

    private Map<String, Object> flash(HttpServerRequest request, Texts texts) {
        Flashes.Flash flash = flashes.find(request.getParam("flash"));
        return flash == null
                ? Map.of("key", "", "text", "", "undo", "", "reason", "", "clinic", "")
                : Map.of(
                        "key",
                        flash.key(),
                        "text",
                        texts.text(flash.key(), flash.argument()),
                        "undo",
                        flash.fact(),
                        "reason",
                        flash.reason() == null ? "" : flash.reason().name(),
                        "clinic",
                        flash.clinic());
    }

    private static void send(RoutingContext context, int status, String html) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .end(html);
    }
}
