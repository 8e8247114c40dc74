package jp.kakunin.edge.desk;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import jp.kakunin.edge.door.Door;
import jp.kakunin.edge.door.Lan;
import jp.kakunin.edge.door.Tablet;
import jp.kakunin.edge.door.Tablets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pairs tablets: the PC shows a code and lists them, the tablet types the code.
final class TabletRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(TabletRoutes.class);
    private static final String PAGE = "/tablets";
    private static final String PAIR = "/pair";

    private final @Nullable Lan lan;
    private final Door door;
    private final Screens screens;
    private final DoorScreens doorScreens;
    private final DoorForms forms;
    private final BooleanSupplier open;
    private final Runnable changed;

    /// @param open whether the network's address is being listened on
    /// @param changed called when the list of tablets did
    TabletRoutes(
            @Nullable Lan lan,
            Door door,
            Screens screens,
            DoorScreens doorScreens,
            DoorForms forms,
            BooleanSupplier open,
            Runnable changed) {
        this.lan = lan;
        this.door = door;
        this.screens = screens;
        this.doorScreens = doorScreens;
        this.forms = forms;
        this.open = open;
        this.changed = changed;
    }

    /// On the PC alone: a tablet pairs and removes no other.
    void addAtPc(Router router) {
        router.get(PAGE).handler(context -> show(context, 200, "", ProblemView.NONE));
        if (lan != null) {
            Tablets tablets = lan.tablets();
            router.post("/tablets/pair")
                    .handler(forms.on((context, form) -> begin(context, form, tablets), this::refuse));
            router.post("/tablets/cancel").handler(forms.on((context, _) -> cancel(context, tablets), this::refuse));
            router.post("/tablets/remove")
                    .handler(forms.on((context, form) -> remove(context, form, tablets), this::refuse));
        }
    }

    /// For the unpaired, before the gate.
    void addOnLan(Router router, Lan served, DoorGate gate) {
        router.get(PAIR).handler(context -> {
            if (gate.tablet(context.request()) == null) {
                doorScreens.pair(context, 200, ProblemView.NONE);
            } else {
                screens.redirect(context, "/");
            }
        });
        router.post(PAIR)
                .handler(forms.on(
                        (context, form) -> pair(context, form, served.tablets()),
                        (context, problem) -> doorScreens.pair(
                                context,
                                problem == Problem.BODY_TOO_LARGE ? 413 : 403,
                                ProblemView.of(problem, DoorScreens.texts(context)))));
    }

    private void begin(RoutingContext context, Form form, Tablets tablets) {
        String name = Tablet.name(form.get("tabletName"));
        if (name == null) {
            String typed = form.get("tabletName");
            show(context, 422, typed == null ? "" : typed, view(context, Problem.TABLET_NAME_UNUSABLE));
        } else if (tablets.isFull()) {
            refuse(context, Problem.TABLETS_FULL);
        } else {
            tablets.begin(name);
            screens.redirect(context, PAGE);
        }
    }

    private void cancel(RoutingContext context, Tablets tablets) {
        tablets.cancel();
        screens.redirect(context, PAGE);
    }

    private void remove(RoutingContext context, Form form, Tablets tablets) {
        String id = form.get("tablet");
        written(context, () -> tablets.remove(id), removed -> {
            if (removed && id != null) {
                door.lock(id);
                changed.run();
            }
            screens.redirect(
                    context,
                    removed ? screens.with(PAGE, new Flashes.Flash("tablets.removed", "", "", null, "")) : PAGE);
        });
    }

    private void pair(RoutingContext context, Form form, Tablets tablets) {
        String typed = form.get("code");
        context.vertx()
                .executeBlocking(() -> Optional.ofNullable(tablets.pair(typed)), true)
                .onFailure(failure -> {
                    LOG.atError().setCause(failure).log("a tablet could not be paired");
                    doorScreens.pair(context, 503, view(context, Problem.DOOR_NOT_WRITTEN));
                })
                .onSuccess(token -> {
                    if (token.isEmpty()) {
                        doorScreens.pair(context, 422, view(context, Problem.PAIRING_CODE_WRONG));
                    } else {
                        LOG.info("a tablet was paired");
                        DeskCookies.giveForLong(context.request(), DeskCookies.PAIRED, token.get());
                        changed.run();
                        screens.redirect(context, "/");
                    }
                });
    }

    private interface OnWritten<T> {
        void done(T result);
    }

    private <T> void written(RoutingContext context, Callable<T> work, OnWritten<T> done) {
        context.vertx()
                .executeBlocking(work, true)
                .onFailure(failure -> {
                    LOG.atError().setCause(failure).log("the list of tablets could not be written");
                    refuse(context, Problem.DOOR_NOT_WRITTEN);
                })
                .onSuccess(done::done);
    }

    private void refuse(RoutingContext context, Problem problem) {
        int status = switch (problem) {
            case BODY_TOO_LARGE -> 413;
            case FORM_EXPIRED -> 403;
            case DOOR_NOT_WRITTEN -> 503;
            default -> 422;
        };
        show(context, status, "", view(context, problem));
    }

    private static ProblemView view(RoutingContext context, Problem problem) {
        return ProblemView.of(problem, DoorScreens.texts(context));
    }

    private void show(RoutingContext context, int status, String typed, ProblemView problem) {
        Texts texts = DoorScreens.texts(context);
        Map<String, Object> model = new HashMap<>();
        model.put("title", texts.text("tablets.title"));
        model.put("problem", problem);
        model.put("tabletName", typed);
        model.put("tabletsMax", Tablets.TABLETS_MAX);
        model.put("lanOn", lan != null);
        model.put("lanOpen", open.getAsBoolean());
        model.put("url", lan == null ? "" : lan.address().url());
        model.put("fingerprint", lan == null ? "" : lan.certificate().fingerprint());
        String code = lan == null ? null : lan.tablets().code();
        model.put(
                "code",
                code == null ? "" : code.substring(0, code.length() / 2) + " " + code.substring(code.length() / 2));
        model.put("codeFor", lan == null ? "" : lan.tablets().codeFor());
        model.put("codeMinutes", Tablets.CODE_LIFE.toMinutes());
        model.put(
                "tablets",
                lan == null
                        ? List.of()
                        : lan.tablets().paired().stream()
                                .map(tablet -> new Row(
                                        tablet.id(),
                                        tablet.name(),
                                        texts.text("tablets.since", texts.day(tablet.paired()))))
                                .toList());
        screens.show(context, status, "tablets", CompletableFuture.completedFuture(model));
    }

    /// A tablet in the list.
    public record Row(String id, String name, String since) {}
}
