package jp.kakunin.edge.desk;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.edge.door.Door;
import jp.kakunin.edge.door.Passcode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The settings page, on the PC alone: sets, changes and removes the passcode.
final class SettingsRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsRoutes.class);
    private static final String PAGE = "/settings";

    private final Door door;
    private final Screens screens;
    private final DoorScreens doorScreens;
    private final DoorForms forms;

    SettingsRoutes(Door door, Screens screens, DoorScreens doorScreens, DoorForms forms) {
        this.door = door;
        this.screens = screens;
        this.doorScreens = doorScreens;
        this.forms = forms;
    }

    void add(Router router) {
        router.get(PAGE).handler(context -> show(context, 200, ProblemView.NONE));
        router.post("/settings/passcode").handler(forms.on(this::set, this::refuse));
        router.post("/settings/passcode/clear").handler(forms.on(this::clear, this::refuse));
    }

    private sealed interface Result {
        record Done(String token) implements Result {}

        record Refused(int status, ProblemView problem) implements Result {}
    }

    private void set(RoutingContext context, Form form) {
        Passcode wished = Passcode.typed(form.get("newPasscode"));
        Passcode again = Passcode.typed(form.get("newPasscodeAgain"));
        if (wished == null) {
            refuse(context, Problem.PASSCODE_UNUSABLE);
        } else if (!wished.equals(again)) {
            refuse(context, Problem.PASSCODES_DIFFER);
        } else {
            work(context, form, "settings.passcode.done", () -> door.set(wished, Door.PC));
        }
    }

    private void clear(RoutingContext context, Form form) {
        work(context, form, "settings.passcode.cleared", () -> {
            door.clear();
            return "";
        });
    }

    private interface Work {
        String run() throws IOException;
    }

    /// Only for who knows the passcode there is.
    private void work(RoutingContext context, Form form, String done, Work work) {
        Passcode typed = Passcode.typed(form.get("passcode"));
        Texts texts = DoorScreens.texts(context);
        LockRoutes.slowly(context, () -> change(context, typed, texts, work), result -> {
            switch (result) {
                case Result.Done(String token) -> {
                    if (!token.isEmpty()) {
                        DeskCookies.give(context.request(), DeskCookies.UNLOCKED, token);
                    }
                    screens.redirect(context, screens.with(PAGE, new Flashes.Flash(done, "", "", null, "")));
                }
                case Result.Refused(int status, ProblemView problem) -> show(context, status, problem);
            }
        });
    }

    private Result change(RoutingContext context, @Nullable Passcode typed, Texts texts, Work work) {
        if (door.hasPasscode()) {
            switch (door.unlock(typed, Door.PC)) {
                case Door.Entry.Opened _ -> {}
                case Door.Entry.Wrong _ -> {
                    return new Result.Refused(422, ProblemView.of(Problem.PASSCODE_WRONG, texts));
                }
                case Door.Entry.TooSoon(var wait) -> {
                    return new Result.Refused(429, doorScreens.tooSoon(context, wait));
                }
            }
        }
        try {
            return new Result.Done(work.run());
        } catch (IOException e) {
            LOG.atError().setCause(e).log("the passcode could not be written");
            return new Result.Refused(503, ProblemView.of(Problem.DOOR_NOT_WRITTEN, texts));
        }
    }

    private void refuse(RoutingContext context, Problem problem) {
        int status = switch (problem) {
            case BODY_TOO_LARGE -> 413;
            case FORM_EXPIRED -> 403;
            default -> 422;
        };
        show(context, status, ProblemView.of(problem, DoorScreens.texts(context)));
    }

    private void show(RoutingContext context, int status, ProblemView problem) {
        Map<String, Object> model = new HashMap<>();
        model.put("title", DoorScreens.texts(context).text("settings.title"));
        model.put("hasPasscode", door.hasPasscode());
        model.put("minutes", door.lockAfter().toMinutes());
        model.put("charactersMin", Passcode.CHARACTERS_MIN);
        model.put("charactersMax", Passcode.CHARACTERS_MAX);
        model.put("problem", problem);
        screens.show(context, status, "settings", CompletableFuture.completedFuture(model));
    }
}
