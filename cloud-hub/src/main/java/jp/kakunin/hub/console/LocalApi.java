package jp.kakunin.hub.console;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.history.MonthHistory;
import jp.kakunin.hub.history.VisitJson;
import jp.kakunin.hub.journal.WorkItem;
import org.jspecify.annotations.Nullable;

/// `/api/…`: what the command line asks of a running hub, with the token of its run file. Like the pages it tells
/// neither
/// names nor coverage.
final class LocalApi {
    private static final String BEARER = "Bearer ";

    private final Vertx vertx;
    private final byte[] token;
    private final FleetTable fleet;
    private final MonthHistory history;
    private final OpenItems openItems;
    private final InstantSource clock;
    private final Quarantine quarantine;
    private final Executor reader;
    private final Imports imports;
    private final Callable<Path> snapshot;
    private final int filingDay;
    private final Runnable stop;

    LocalApi(Vertx vertx, FleetTable fleet, OpenItems openItems, Quarantine quarantine, ConsoleServer.Parts parts) {
        this.vertx = vertx;
        this.token = parts.token().getBytes(StandardCharsets.UTF_8);
        this.fleet = fleet;
        this.history = parts.history();
        this.openItems = openItems;
        this.clock = parts.clock();
        this.reader = parts.reader();
        this.quarantine = quarantine;
        this.imports = new Imports(vertx, parts.exports(), parts.reader());
        this.snapshot = parts.snapshot();
        this.filingDay = parts.filingDay();
        this.stop = parts.stop();
    }

    void mount(Router router) {
        router.route("/api/*").handler(this::authorize);
        router.get("/api/clinics").handler(this::clinics);
        router.get("/api/worklist").handler(this::worklist);
        router.get("/api/history").handler(this::history);
        router.get("/api/quarantine").handler(this::quarantine);
        imports.mount(router);
        router.post("/api/snapshot").handler(this::snapshot);
        router.post("/api/stop").handler(this::stop);
        router.route("/api/*").handler(context -> problem(context, 404, "There is nothing at this address."));
    }

    private void authorize(RoutingContext context) {
        @Nullable String header = context.request().getHeader("authorization");
        boolean known = header != null
                && header.startsWith(BEARER)
                && MessageDigest.isEqual(header.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8), token);
        if (known) {
            context.next();
        } else {
            problem(context, 401, "The token of the run file hub.json must be sent as: Authorization: Bearer TOKEN");
        }
    }

    private void clinics(RoutingContext context) {
        var clinics = new JsonArray();
        for (ClinicRow row : fleet.rows()) {
            var json = new JsonObject()
                    .put("clinic", row.code())
                    .put("name", row.name())
                    .put("state", row.state().name())
                    .put("unsent", row.unsent())
                    .put("devices", row.devices());
            put(json, "lastSeen", row.lastSeen());
            put(json, "oldestUnsent", row.oldest());
            put(json, "earliestDue", row.earliestDue());
            put(json, "reader", row.reader());
            put(json, "version", row.version());
            clinics.add(json);
        }
        send(context, new JsonObject().put("clinics", clinics));
    }

    /// The whole network, the earliest due date first, or one clinic with `clinic=CODE`.
    private void worklist(RoutingContext context) {
        @Nullable WorkItem after;
        @Nullable InstitutionCode clinic;
        try {
            after = OpenItems.parse(context.request().getParam("after"));
            @Nullable String code = context.request().getParam("clinic");
            clinic = code == null ? null : new InstitutionCode(code);
        } catch (IllegalArgumentException _) {
            problem(context, 400, "after must be the next of an earlier page, clinic an institution code (10 digits).");
            return;
        }
        var worklist = new Worklist(today(), filingDay);
        answer(context, Future.fromCompletionStage(openItems.page(clinic, after), vertx.getOrCreateContext()), page -> {
            var items = new JsonArray();
            page.items().forEach(item -> items.add(worklist.json(item)));
            var json = new JsonObject().put("items", items);
            if (page.more()) {
                json.put("next", OpenItems.format(page.items().getLast()));
            }
            send(context, json);
        });
    }

    private void history(RoutingContext context) {
        InstitutionCode clinic;
        TreatmentMonth month;
        @Nullable PatientId after;
        try {
            clinic = new InstitutionCode(String.valueOf(context.request().getParam("clinic")));
            month = TreatmentMonth.parse(String.valueOf(context.request().getParam("month")));
            @Nullable String text = context.request().getHeader("kakunin-after");
            after = text == null ? null : PatientId.parse(text);
        } catch (RuntimeException _) {
            problem(context, 400, "clinic must be an institution code (10 digits) and month YYYY-MM.");
            return;
        }
        if (!fleet.knows(clinic)) {
            problem(context, 404, "This hub knows no clinic " + clinic + "; `hub clinics` lists those it knows.");
            return;
        }
        LocalDate today = today();
        Future<MonthHistory.Result> read =
                Future.fromCompletionStage(history.page(clinic, month, after), vertx.getOrCreateContext());
        answer(context, read, result -> {
            switch (result) {
                case MonthHistory.Result.Closed _ ->
                    problem(
                            context,
                            410,
                            "The treatment month " + month + " closed on " + month.closes()
                                    + " and its records were erased.");
                case MonthHistory.Result.Page page -> {
                    var visits = new JsonArray();
                    page.visits().forEach(line -> visits.add(VisitJson.forOperator(clinic, line, today, filingDay)));
                    var json = new JsonObject()
                            .put("clinic", clinic.digits())
                            .put("month", month.toString())
                            .put("visits", visits);
                    put(json, "next", page.next());
                    send(context, json);
                }
            }
        });
    }

    private void quarantine(RoutingContext context) {
        InstitutionCode clinic;
        try {
            clinic = new InstitutionCode(String.valueOf(context.request().getParam("clinic")));
        } catch (IllegalArgumentException _) {
            problem(context, 400, "clinic must be an institution code (10 digits).");
            return;
        }
        if (!fleet.knows(clinic)) {
            problem(context, 404, "This hub knows no clinic " + clinic + "; `hub clinics` lists those it knows.");
            return;
        }
        answer(context, Future.fromCompletionStage(quarantine.of(clinic), vertx.getOrCreateContext()), found -> {
            var items = new JsonArray();
            for (Quarantine.Item item : found.items()) {
                var json = new JsonObject()
                        .put("clinic", clinic.digits())
                        .put("month", item.month().toString())
                        .put("position", item.position())
                        .put("receivedAt", item.receivedAt().toString())
                        .put("reason", item.reason().name())
                        .put("remedy", item.remedy(Language.EN))
                        .put("content", HexFormat.of().formatHex(item.content().bytes()));
                put(json, "device", item.origin() == null ? null : item.origin().device());
                items.add(json);
            }
            send(context, new JsonObject().put("items", items).put("more", found.more()));
        });
    }

    private void snapshot(RoutingContext context) {
        CompletableFuture<Path> made = new CompletableFuture<>();
        reader.execute(() -> {
            try {
                made.complete(snapshot.call());
            } catch (Exception e) {
                made.completeExceptionally(e);
            }
        });
        Future.fromCompletionStage(made, vertx.getOrCreateContext())
                .onSuccess(folder -> send(context, new JsonObject().put("folder", folder.toString())))
                .onFailure(failure -> {
                    if (failure instanceof IOException) {
                        problem(context, 507, "The store cannot be copied: " + failure.getMessage());
                    } else {
                        context.fail(failure);
                    }
                });
    }

    private LocalDate today() {
        return TreatmentMonth.dateAt(clock.instant());
    }

    private void stop(RoutingContext context) {
        context.response().setStatusCode(202).end().onComplete(_ -> stop.run());
    }

    private static <T> void answer(RoutingContext context, Future<T> future, java.util.function.Consumer<T> then) {
        future.onSuccess(then::accept).onFailure(context::fail);
    }

    private static void put(JsonObject json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }

    static void send(RoutingContext context, JsonObject json) {
        context.response().putHeader("content-type", "application/json").end(json.toBuffer());
    }

    static void problem(RoutingContext context, int status, String detail) {
        context.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/problem+json")
                .end(new JsonObject()
                        .put("status", status)
                        .put("detail", detail)
                        .toBuffer());
    }
}
