package jp.kakunin.edge.desk;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.VisitId;
import jp.kakunin.edge.door.Door;
import jp.kakunin.edge.exchange.EdgeStatus;
import jp.kakunin.edge.reader.ReaderTexts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The desk for programs on the same computer: the same commands as the pages, in JSON, for whoever has the token of
/// the run file.
final class LocalApi {
    private static final Logger LOG = LoggerFactory.getLogger(LocalApi.class);

    private final Reception reception;
    private final Commands commands;
    private final Guard guard;
    private final Runnable stop;
    private final Supplier<Instant> certificateEnd;
    private final Door door;

    LocalApi(Reception reception, Guard guard, Runnable stop, Supplier<Instant> certificateEnd, Door door) {
        this.reception = reception;
        this.commands = new Commands(reception);
        this.guard = guard;
        this.stop = stop;
        this.certificateEnd = certificateEnd;
        this.door = door;
    }

    void add(Router router) {
        router.route("/api/*").handler(this::admit);
        router.get("/api/status").handler(this::status);
        router.get("/api/visits").handler(this::visits);
        router.post("/api/checks").handler(onJson(this::check));
        router.post("/api/visits/deferred")
                .handler(onJson((context, json) -> recorded(context, json.fields(), commands.defer(json.fields()))));
        router.post("/api/visits/oral")
                .handler(onJson((context, json) -> recorded(context, json.fields(), commands.attest(json.fields()))));
        router.post("/api/visits/document")
                .handler(onJson((context, json) -> recorded(context, json.fields(), commands.accept(json.fields()))));
        router.post("/api/joins").handler(onJson((context, json) -> filed(context, commands.join(json.fields()))));
        router.post("/api/withdrawals")
                .handler(onJson((context, json) -> filed(context, commands.withdraw(json.fields()))));
        router.get("/api/export").handler(this::exportable);
        router.post("/api/export").handler(onJson((context, _) -> export(context)));
        router.post("/api/stop").handler(this::stop);
    }

    private void admit(RoutingContext context) {
        if (guard.hasApiToken(context.request())) {
            context.next();
        } else {
            refuse(context, 401, Problem.TOKEN_WRONG);
        }
    }

    private void status(RoutingContext context) {
        EdgeStatus status = reception.edge().status();
        JsonObject unsent = new JsonObject();
        status.unsent().forEach((clinic, facts) -> unsent.put(clinic.digits(), facts));
        JsonObject tooLate = new JsonObject();
        status.tooLate().facts().forEach((month, facts) -> tooLate.put(month.toString(), facts));
        JsonArray clinics = new JsonArray();
        reception
                .offered()
                .forEach(clinic -> clinics.add(
                        new JsonObject().put("code", clinic.code().digits()).put("name", clinic.name())));
        send(
                context,
                200,
                new JsonObject()
                        .put("activated", true)
                        .put("locked", !door.isOpenAtPc())
                        .put("certificateUntil", certificateEnd.get().toString())
                        .put("reader", reception.reader().state().name())
                        .put("line", Desk.lineKey(status.connection()))
                        .put("unsent", unsent)
                        .put("tooLate", tooLate)
                        .put("store", status.store().name())
                        .put("runsTwice", status.runsTwice())
                        .put("outdated", status.outdated())
                        .put("clockDoubtful", status.clockDoubtful())
                        .put("today", reception.today().toString())
                        .put("clinics", clinics));
    }

    /// Those of a day, or with `open=true` all that are not confirmed, of that day's month and the one before.
    private void visits(RoutingContext context) {
        LocalDate date;
        try {
            String asked = context.request().getParam("date");
            date = asked == null ? reception.today() : LocalDate.parse(asked);
        } catch (DateTimeException _) {
            refuse(context, 422, Problem.FIELD_INVALID);
            return;
        }
        boolean open = "true".equals(context.request().getParam("open"));
        Texts texts = texts(context);
        CompletableFuture<JsonArray> all = CompletableFuture.completedFuture(new JsonArray());
        for (Clinic clinic : reception.clinics()) {
            all = all.thenCombine(reception.book(clinic.code(), date), (visits, book) -> {
                (open ? book.open() : book.on(date)).forEach(visit -> visits.add(VisitJson.of(visit, texts)));
                return visits;
            });
        }
        answer(context, all, visits -> send(context, 200, new JsonObject().put("visits", visits)));
    }

    private void check(RoutingContext context, JsonFields json) {
        ReaderTexts reader = texts(context).reader();
        answer(context, commands.check(json.fields(), json.takePin()), outcome -> {
            switch (outcome) {
                case Outcome.Refused<Tap>(Problem problem) -> refuse(context, problem);
                case Outcome.Done<Tap>(Tap tap) -> {
                    switch (tap) {
                        case Tap.Recorded recorded ->
                            show(
                                    context,
                                    recorded.clinic(),
                                    recorded.visit(),
                                    new JsonObject()
                                            .put("check", recorded.check().toString()));
                        case Tap.NotRecorded(Problem problem) -> refuse(context, problem);
                        case Tap.WrongPin(int triesLeft) ->
                            notRead(
                                    context,
                                    ReaderTexts.WRONG_PIN,
                                    reader.staff(ReaderTexts.WRONG_PIN, triesLeft),
                                    reader.supplier(ReaderTexts.WRONG_PIN),
                                    triesLeft);
                        case Tap.PinBlocked _ -> notRead(context, ReaderTexts.PIN_BLOCKED, reader, 0);
                        case Tap.LastTry _ -> notRead(context, ReaderTexts.LAST_TRY, reader, 1);
                        case Tap.Unreadable(var fault, String detail) ->
                            notRead(
                                    context,
                                    fault.code(),
                                    reader.staff(fault.code()),
                                    reader.supplier(fault.code()) + " (" + detail + ")",
                                    -1);
                        case Tap.NoCard _, Tap.Looking _, Tap.Ready _, Tap.Reading _ ->
                            throw new IllegalStateException("a reading does not end so: " + tap);
                    }
                }
            }
        });
    }

    private static void notRead(RoutingContext context, String code, ReaderTexts reader, int triesLeft) {
        notRead(context, code, reader.staff(code), reader.supplier(code), triesLeft);
    }

    private static void notRead(RoutingContext context, String code, String staff, String supplier, int triesLeft) {
        JsonObject error =
                new JsonObject().put("code", code).put("staff", staff).put("supplier", supplier);
        if (triesLeft >= 0) {
            error.put("triesLeft", triesLeft);
        }
        send(context, 409, new JsonObject().put("error", error));
    }

    private void recorded(
            RoutingContext context, Map<String, String> fields, CompletableFuture<Outcome<Recorded>> recording) {
        answer(context, recording, outcome -> {
            switch (outcome) {
                case Outcome.Refused<Recorded>(Problem problem) -> refuse(context, problem);
                case Outcome.Done<Recorded>(Recorded recorded) -> {
                    if (reception.clinic(fields.get("clinic")) instanceof Outcome.Done<Clinic>(Clinic clinic)) {
                        show(context, clinic.code(), recorded.visit(), new JsonObject());
                    }
                }
            }
        });
    }

    /// It is recorded, so the answer says so even when the book cannot be read or hides it.
    private void show(RoutingContext context, InstitutionCode clinic, VisitId id, JsonObject ids) {
        ids.put("visit", id.toString()).put("clinic", clinic.digits());
        CompletableFuture<JsonObject> shown = reception
                .book(clinic)
                .thenApply(book -> book.visit(id)
                        .map(visit -> ids.mergeIn(VisitJson.of(visit, texts(context))))
                        .orElse(ids))
                .exceptionally(failure -> {
                    LOG.atWarn().setCause(failure).log("what was recorded cannot be shown");
                    return ids;
                });
        answer(context, shown, json -> send(context, 201, json));
    }

    private void filed(RoutingContext context, CompletableFuture<Outcome<FactId>> filing) {
        answer(context, filing, outcome -> {
            switch (outcome) {
                case Outcome.Refused<FactId>(Problem problem) -> refuse(context, problem);
                case Outcome.Done<FactId>(FactId fact) ->
                    send(context, 201, new JsonObject().put("fact", fact.toString()));
            }
        });
    }

    private void exportable(RoutingContext context) {
        answer(
                context,
                reception.edge().exportable(),
                exportable -> send(context, 200, ExportJson.of(exportable, texts(context))));
    }

    private void export(RoutingContext context) {
        ExportZip.answer(context, reception.edge(), "kakunin-export.zip", problem -> refuse(context, problem));
    }

    private void stop(RoutingContext context) {
        context.response().setStatusCode(202).end().onComplete(_ -> stop.run());
    }

    private <T> void answer(RoutingContext context, CompletableFuture<T> future, Handler<T> done) {
        Future.fromCompletionStage(future, context.vertx().getOrCreateContext())
                .onSuccess(done)
                .onFailure(context::fail);
    }

    private Handler<RoutingContext> onJson(BiConsumer<RoutingContext, JsonFields> handler) {
        return context -> {
            Future<byte[]> body = Bodies.read(context.request());
            if (body == null) {
                Bodies.hangUpAfter(context);
                refuse(context, 413, Problem.BODY_TOO_LARGE);
                return;
            }
            body.onFailure(context::fail).onSuccess(bytes -> {
                try (JsonFields json = JsonFields.read(bytes)) {
                    if (json == null) {
                        refuse(context, 400, Problem.FIELD_INVALID);
                    } else {
                        handler.accept(context, json);
                    }
                }
            });
        };
    }

    private static Texts texts(RoutingContext context) {
        Language asked = Language.named(context.request().getParam("lang"));
        return Texts.in(asked == null ? Language.JA : asked);
    }

    private static void refuse(RoutingContext context, Problem problem) {
        refuse(context, status(problem), problem);
    }

    static int status(Problem problem) {
        return switch (problem) {
            case STORE_FULL, STORE_FAILED, TOO_MUCH_AT_ONCE, DOOR_NOT_WRITTEN, INTERNAL -> 503;
            case READING_ALREADY,
                    EXPORT_ALREADY,
                    EXPORT_WITHOUT_KEY,
                    EXPORT_TOO_LATE,
                    EXPORT_NOTHING,
                    EXPORT_INCOMPLETE -> 409;
            case PATIENT_UNKNOWN, VISIT_UNKNOWN, FACT_UNKNOWN, NOT_FOUND -> 404;
            case NAME_MISSING,
                    NAME_TOO_LONG,
                    NAME_LOOKS_LIKE_A_NUMBER,
                    CLINIC_NOT_OF_THIS_SITE,
                    CLINIC_NOT_CHOSEN,
                    JOIN_OF_ONE_PATIENT,
                    ORAL_NEEDS_REPEAT_VISIT,
                    NO_EARLIER_RESULT,
                    INSURER_MISSING,
                    INSURER_NOT_A_NUMBER,
                    INSURER_CHECK_DIGIT,
                    NUMBER_MISSING,
                    COPAY_MISSING,
                    FROM_MISSING,
                    SYMBOL_TOO_LONG,
                    NUMBER_TOO_LONG,
                    BRANCH_INVALID,
                    COPAY_INVALID,
                    FROM_INVALID,
                    UNTIL_INVALID,
                    NOT_IN_FORCE,
                    ALSO_SAME_CLINIC,
                    DOCUMENT_NEEDS_CARD,
                    DENIAL_NOT_SEEN,
                    PIN_NOT_FOUR_DIGITS,
                    PASSCODE_WRONG,
                    PASSCODE_UNUSABLE,
                    PASSCODES_DIFFER,
                    TABLET_NAME_UNUSABLE,
                    TABLETS_FULL,
                    PAIRING_CODE_WRONG,
                    FIELD_INVALID -> 422;
            case PASSCODE_TOO_SOON -> 429;
            case LOCKED -> 423;
            case WRONG_HOST, FORM_EXPIRED, CLINIC_ENDED, NOT_PAIRED -> 403;
            case TOKEN_WRONG -> 401;
            case BODY_TOO_LARGE -> 413;
        };
    }

    static void fail(RoutingContext context) {
        LOG.atError().setCause(context.failure()).log("a request could not be answered");
        refuse(context, 500, Problem.INTERNAL);
    }

    static void refuse(RoutingContext context, int status, Problem problem) {
        Texts texts = texts(context);
        JsonObject error = new JsonObject()
                .put("code", problem.code())
                .put("staff", texts.text(problem.staffKey()))
                .put("supplier", texts.text(problem.supplierKey()));
        if (!problem.field().isEmpty()) {
            error.put("field", problem.field());
        }
        send(context, status, new JsonObject().put("error", error));
    }

    private static void send(RoutingContext context, int status, JsonObject json) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(json.encode());
    }
}
