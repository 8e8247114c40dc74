package jp.kakunin.edge.desk;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.VisitId;
import org.jspecify.annotations.Nullable;

/// The pages' routes. Every form is sent with a token and answered by a redirect, so that a reload records nothing
/// twice, and a form sent twice is answered as it was the first time.
final class DeskRoutes {
    private final Reception reception;
    private final Commands commands;
    private final Desk desk;
    private final Screens screens;
    private final FormScreens forms;
    private final HistoryScreen history;
    private final ExportScreen export;
    private final Guard guard;
    private final Onces onces;

    DeskRoutes(Reception reception, Screens screens, Guard guard, Onces onces) {
        this.reception = reception;
        this.commands = new Commands(reception);
        this.desk = new Desk(reception);
        this.screens = screens;
        this.forms = new FormScreens(reception, screens);
        this.history = new HistoryScreen(reception, screens);
        this.export = new ExportScreen(reception, screens);
        this.guard = guard;
        this.onces = onces;
    }

    void add(Router router) {
        router.get("/").handler(this::home);
        router.get("/visit").handler(this::visit);
        router.get("/open").handler(this::open);
        router.get("/history").handler(context -> history.show(context, Map.of()));
        router.post("/history").handler(onForm((context, form) -> history.show(context, form.fields())));
        router.get("/export").handler(export::show);
        router.post("/export").handler(onForm((context, _) -> export.save(context)));
        router.get("/deferred").handler(ofOffered(context -> forms.deferred(context, Map.of(), ProblemView.NONE)));
        router.get("/oral").handler(ofOffered(context -> forms.oral(context, asked(context), ProblemView.NONE)));
        router.get("/document")
                .handler(ofOffered(context -> forms.document(context, asked(context), ProblemView.NONE)));
        router.get("/join").handler(ofOffered(this::joinForm));
        router.post("/tap").handler(onForm(this::tap));
        router.post("/next").handler(onForm(this::next));
        router.post("/clock").handler(onForm(this::clock));
        router.post("/late").handler(onForm(this::late));
        router.post("/deferred").handler(onForm(this::defer));
        router.post("/oral").handler(onForm(this::attest));
        router.post("/document").handler(onForm(this::accept));
        router.post("/join").handler(onForm(this::join));
        router.post("/withdraw").handler(onForm(this::withdraw));
    }

    /// What only the PC may do.
    void addAtPc(Router router) {
        router.post("/activate/again").handler(onForm(this::activateAgain));
    }

    /// Nobody fills in a form that can only be refused.
    private Handler<RoutingContext> ofOffered(Handler<RoutingContext> form) {
        return context -> {
            if (reception.hasEnded(screens.caller(context).clinic())) {
                screens.refuse(context, 422, Problem.CLINIC_ENDED);
            } else {
                form.handle(context);
            }
        };
    }

    private void joinForm(RoutingContext context) {
        Map<String, String> asked = asked(context);
        if (asked.containsKey("a")) {
            forms.join(context, asked, ProblemView.NONE);
        } else {
            screens.refuse(context, 404, Problem.PATIENT_UNKNOWN);
        }
    }

    private void home(RoutingContext context) {
        Caller caller = screens.caller(context);
        LocalDate date = screens.date(context.request());
        screens.show(
                context,
                200,
                "desk",
                desk.model(caller.clinic(), date, caller.texts()).thenApply(model -> {
                    model.put("title", caller.clinic().name());
                    return model;
                }));
    }

    /// The clinic's own worklist: what is not confirmed, of this month and the one before.
    private void open(RoutingContext context) {
        Caller caller = screens.caller(context);
        screens.show(
                context, 200, "open", reception.book(caller.clinic().code()).thenApply(book -> {
                    Map<String, Object> model = new HashMap<>();
                    model.put("title", caller.texts().text("open.title"));
                    List<DeskVisit> open = book.open();
                    model.put(
                            "rows",
                            open.stream()
                                    .map(visit -> VisitRow.of(visit, open, book.remarks(), caller.texts()))
                                    .toList());
                    return model;
                }));
    }

    private void visit(RoutingContext context) {
        Caller caller = screens.caller(context);
        VisitId id = id(context.request().getParam("id"));
        Future.fromCompletionStage(
                        reception.book(caller.clinic().code()), context.vertx().getOrCreateContext())
                .onFailure(failure -> screens.fail(context, failure))
                .onSuccess(book -> {
                    DeskVisit visit = id == null ? null : book.visit(id).orElse(null);
                    if (visit == null) {
                        screens.refuse(context, 404, Problem.VISIT_UNKNOWN);
                        return;
                    }
                    Map<String, Object> model = new HashMap<>();
                    model.put("title", caller.texts().text("visit.title"));
                    model.put("visit", VisitDetail.of(visit, book.remarks(), caller.texts()));
                    screens.show(context, 200, "visit", CompletableFuture.completedFuture(model));
                });
    }

    /// Answers as soon as the reading began; the screen follows by the events.
    private void tap(RoutingContext context, Form form) {
        CompletableFuture<Outcome<Tap>> outcome = commands.check(form.fields(), form.takePin());
        if (outcome.isDone() && outcome.join() instanceof Outcome.Refused<Tap>(Problem problem)) {
            answer(context, form, asking -> refuseTap(asking, problem));
        } else {
            answer(context, form, this::acceptTap);
        }
    }

    private void refuseTap(RoutingContext context, Problem problem) {
        if (isScript(context)) {
            Texts texts = screens.caller(context).texts();
            context.response()
                    .setStatusCode(422)
                    .putHeader("Content-Type", "application/json")
                    .end(new JsonObject()
                            .put("code", problem.code())
                            .put("staff", texts.text(problem.staffKey()))
                            .encode());
        } else {
            screens.refuse(context, 422, problem);
        }
    }

    private void acceptTap(RoutingContext context) {
        if (isScript(context)) {
            context.response().setStatusCode(202).end();
        } else {
            screens.redirect(context, "/");
        }
    }

    private static boolean isScript(RoutingContext context) {
        return "application/json".equals(context.request().getHeader("Accept"));
    }

    private void next(RoutingContext context, Form form) {
        reception.tapDesk().next();
        answer(context, form, asking -> screens.redirect(asking, "/"));
    }

    private void clock(RoutingContext context, Form form) {
        String said = form.get("date");
        if (said != null && said.equals(reception.today().toString())) {
            reception.edge().confirmDate(reception.today());
        }
        answer(context, form, asking -> screens.redirect(asking, "/"));
    }

    private void activateAgain(RoutingContext context, Form form) {
        if (Desk.mayActivateAgain(reception.edge().status().connection())) {
            context.addEndHandler(_ -> reception.edge().activateAgain());
            answer(context, form, screens::moment);
        } else {
            answer(context, form, asking -> screens.redirect(asking, "/"));
        }
    }

    private void late(RoutingContext context, Form form) {
        reception.edge().tooLateSeen(LateMonth.seen(form.fields()));
        answer(context, form, asking -> screens.redirect(asking, "/"));
    }

    private void defer(RoutingContext context, Form form) {
        Texts texts = screens.caller(context).texts();
        finish(
                context,
                form,
                commands.defer(form.fields()),
                recorded -> mistakable("deferred.done", forms.dueText(texts), recorded, form),
                (asking, problem) -> forms.deferred(asking, form.fields(), view(asking, problem)));
    }

    private void attest(RoutingContext context, Form form) {
        finish(
                context,
                form,
                commands.attest(form.fields()),
                recorded -> mistakable("oral.done", "", recorded, form),
                (asking, problem) -> forms.oral(asking, form.fields(), view(asking, problem)));
    }

    private void accept(RoutingContext context, Form form) {
        finish(
                context,
                form,
                commands.accept(form.fields()),
                recorded -> mistakable("document.done", "", recorded, form),
                (asking, problem) -> forms.document(asking, form.fields(), view(asking, problem)));
    }

    private void join(RoutingContext context, Form form) {
        finish(
                context,
                form,
                commands.join(form.fields()),
                fact -> undoable("join.done", fact, form),
                (asking, problem) -> screens.refuse(asking, 422, problem));
    }

    private void withdraw(RoutingContext context, Form form) {
        boolean undo = "UNDONE".equals(form.get("reason"));
        boolean both = form.get("also") != null;
        finish(
                context,
                form,
                commands.withdraw(form.fields()),
                fact -> both
                        ? new Flashes.Flash("withdraw.both", "", "", null, "")
                        : undoable(undo ? "undo.done" : "withdraw.done", fact, form),
                (asking, problem) -> screens.refuse(asking, 422, problem));
    }

    private ProblemView view(RoutingContext context, Problem problem) {
        return ProblemView.of(problem, screens.caller(context).texts());
    }

    private static Flashes.Flash undoable(String key, FactId fact, Form form) {
        return new Flashes.Flash(key, "", fact.toString(), Fact.WithdrawalReason.UNDONE, clinic(form));
    }

    private static Flashes.Flash mistakable(String key, String argument, Recorded recorded, Form form) {
        return new Flashes.Flash(
                key, argument, recorded.fact().toString(), Fact.WithdrawalReason.MISTAKE, clinic(form));
    }

    private static String clinic(Form form) {
        String clinic = form.get("clinic");
        return clinic == null ? "" : clinic;
    }

    private <T> void finish(
            RoutingContext context,
            Form form,
            CompletableFuture<Outcome<T>> outcome,
            Function<T, Flashes.Flash> done,
            BiConsumer<RoutingContext, Problem> refused) {
        Future.fromCompletionStage(outcome, context.vertx().getOrCreateContext())
                .onSuccess(result -> {
                    switch (result) {
                        case Outcome.Done<T>(T value) -> {
                            String home = screens.homeWith(done.apply(value));
                            answer(context, form, asking -> screens.redirect(asking, home));
                        }
                        case Outcome.Refused<T>(Problem problem) -> {
                            onces.refused(form.get("once"), asking -> refused.accept(asking, problem));
                            refused.accept(context, problem);
                        }
                    }
                })
                .onFailure(failure -> answer(context, form, asking -> screens.fail(asking, failure)));
    }

    private void answer(RoutingContext context, Form form, Onces.Answer answer) {
        onces.answered(form.get("once"), answer);
        answer.give(context);
    }

    private void takeOnce(RoutingContext context, Form form, BiConsumer<RoutingContext, Form> handler) {
        CompletableFuture<Onces.Answer> before = onces.use(form.get("once"));
        if (before == null) {
            try {
                handler.accept(context, form);
            } catch (RuntimeException e) {
                answer(context, form, asking -> screens.fail(asking, e));
            }
        } else {
            Future.fromCompletionStage(before, context.vertx().getOrCreateContext())
                    .onSuccess(answer -> answer.give(context));
        }
    }

    private Handler<RoutingContext> onForm(BiConsumer<RoutingContext, Form> handler) {
        return context -> {
            Future<byte[]> body = Bodies.read(context.request());
            if (body == null) {
                Bodies.hangUpAfter(context);
                screens.refuse(context, 413, Problem.BODY_TOO_LARGE);
                return;
            }
            body.onFailure(failure -> screens.fail(context, failure)).onSuccess(bytes -> {
                try (Form form = Form.read(bytes)) {
                    if (!DoorGate.isStillIn(context)) {
                        screens.refuse(context, 423, Problem.LOCKED);
                    } else if (!guard.isOurForm(context.request(), form.get("csrf"))) {
                        screens.refuse(context, 403, Problem.FORM_EXPIRED);
                    } else {
                        takeOnce(context, form, handler);
                    }
                }
            });
        };
    }

    /// What a link asks a form to be filled with: ids only.
    private static Map<String, String> asked(RoutingContext context) {
        Map<String, String> asked = new HashMap<>();
        for (String name : List.of("visit", "patient", "a")) {
            String value = context.request().getParam(name);
            if (value != null && value.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
                asked.put(name, value);
            }
        }
        return asked;
    }

    private static @Nullable VisitId id(@Nullable String text) {
        return text != null && text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}") ? VisitId.parse(text) : null;
    }
}
