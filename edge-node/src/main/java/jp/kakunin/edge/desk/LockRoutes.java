package jp.kakunin.edge.desk;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import jp.kakunin.edge.door.Door;
import jp.kakunin.edge.door.Passcode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Unlocks and locks a browser's session.
final class LockRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(LockRoutes.class);

    private final Door door;
    private final DoorScreens screens;
    private final DoorForms forms;

    LockRoutes(Door door, DoorScreens screens, DoorForms forms) {
        this.door = door;
        this.screens = screens;
        this.forms = forms;
    }

    /// Before the gate.
    void addUnlock(Router router) {
        router.post("/unlock").handler(forms.on(this::unlock, this::refuse));
    }

    /// Behind it.
    void addLock(Router router) {
        router.post("/lock").handler(forms.on(this::lock, this::refuse));
        router.get("/used")
                .handler(context -> context.response().setStatusCode(204).end());
    }

    private void unlock(RoutingContext context, Form form) {
        String to = field(form, "to");
        Passcode typed = Passcode.typed(form.get("passcode"));
        String place = DoorGate.place(context);
        slowly(context, () -> door.unlock(typed, place), entry -> {
            switch (entry) {
                case Door.Entry.Opened(String token) -> {
                    DeskCookies.give(context.request(), DeskCookies.UNLOCKED, token);
                    context.response()
                            .setStatusCode(303)
                            .putHeader("Location", DoorScreens.safe(to))
                            .end();
                }
                case Door.Entry.Wrong _ ->
                    screens.lock(context, 422, to, ProblemView.of(Problem.PASSCODE_WRONG, DoorScreens.texts(context)));
                case Door.Entry.TooSoon(var wait) -> {
                    context.response().putHeader("Retry-After", String.valueOf(DoorScreens.seconds(wait)));
                    screens.lock(context, 429, to, screens.tooSoon(context, wait));
                }
            }
        });
    }

    private void lock(RoutingContext context, Form form) {
        door.lock(DoorGate.place(context));
        context.response().setStatusCode(303).putHeader("Location", "/").end();
    }

    private void refuse(RoutingContext context, Problem problem) {
        int status = problem == Problem.BODY_TOO_LARGE ? 413 : 403;
        screens.lock(context, status, "/", ProblemView.of(problem, DoorScreens.texts(context)));
    }

    /// The hash takes its time: on a worker.
    static <T> void slowly(RoutingContext context, Callable<T> work, Consumer<T> done) {
        context.vertx().executeBlocking(work, true).onSuccess(done::accept).onFailure(failure -> {
            LOG.atError().setCause(failure).log("the door could not be worked");
            context.fail(failure);
        });
    }

    private static String field(Form form, String name) {
        String value = form.get(name);
        return value == null ? "" : value;
    }
}
