package jp.kakunin.edge.desk;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import jp.kakunin.edge.activation.Activator;
import jp.kakunin.edge.activation.Offer;
import jp.kakunin.edge.activation.Sheet;
import jp.kakunin.edge.activation.Trouble;
import jp.kakunin.edge.activation.TroubleException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an edge shows that has no identity yet: first which hub, then terms and what stands on the set-up sheet.
/// Nothing else of the desk is there.
public final class ActivationServer {
    private static final Logger LOG = LoggerFactory.getLogger(ActivationServer.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final int CONNECTION_IDLE_SECONDS_MAX = 120;
    static final String PAGE = "/activate";

    /// The last page needs what the first ones loaded when this server is gone already.
    private static final int STATIC_SECONDS_MAX = 3_600;

    private final Vertx vertx;
    private final Activator activator;
    private final Guard guard;
    private final Pages pages = new Pages();
    private final Runnable stop;
    private final Runnable activated;
    private final boolean again;
    private final HttpServer server;
    private volatile @Nullable Offer offer;
    private volatile boolean done;
    private volatile String told = "activate.finished";

    /// @param activated called once, after the page that says so was sent, or that the staff went back
    /// @param again the device has an identity, and a desk to go back to
    public ActivationServer(
            Vertx vertx,
            Activator activator,
            byte[] formSecret,
            String apiToken,
            RandomGenerator random,
            Runnable stop,
            Runnable activated,
            boolean again) {
        this.vertx = vertx;
        this.activator = activator;
        this.guard = new Guard(formSecret, apiToken, random);
        this.stop = stop;
        this.activated = activated;
        this.again = again;
        this.server = vertx.createHttpServer(new HttpServerOptions()
                .setIdleTimeout(CONNECTION_IDLE_SECONDS_MAX)
                .setHttp2ClearTextEnabled(false));
    }

    /// @param port 0 for any free one
    /// @return the port
    public Future<Integer> start(int port) {
        return server.requestHandler(router()).listen(port, LOOPBACK).map(HttpServer::actualPort);
    }

    public Future<Void> stop() {
        return server.close();
    }

    /// What is said of a trouble to those who have no page before them.
    public static String inEnglish(Trouble trouble) {
        Texts texts = Texts.in(Language.EN);
        return trouble.code() + " " + texts.text("trouble", trouble) + " " + texts.text("trouble.supplier", trouble);
    }

    private Router router() {
        Router router = Router.router(vertx);
        router.route().handler(this::admit);
        router.get("/static/desk.css").handler(context -> file(context, "desk.css", "text/css; charset=utf-8"));
        router.get("/static/activate.js")
                .handler(context -> file(context, "activate.js", "text/javascript; charset=utf-8"));
        router.get("/static/icon.svg").handler(context -> file(context, "icon.svg", "image/svg+xml"));
        Manual.add(router);
        router.get(PAGE).handler(context -> show(context, 200, Map.of(), ProblemView.NONE));
        router.post("/activate/hub").handler(context -> onForm(context, this::hub));
        router.post(PAGE).handler(context -> onForm(context, this::activate));
        router.post("/activate/back").handler(context -> onForm(context, this::back));
        router.get("/api/status").handler(this::status);
        router.post("/api/stop").handler(this::stop);
        router.route().handler(context -> redirect(context));
        return router;
    }

    private void admit(RoutingContext context) {
        Guard.harden(context.response());
        if (Guard.isForUs(context.request())) {
            context.next();
        } else {
            context.response().setStatusCode(403).end();
        }
    }

    private void status(RoutingContext context) {
        api(context, new JsonObject().put("activated", false));
    }

    private void stop(RoutingContext context) {
        if (api(context, new JsonObject())) {
            stop.run();
        }
    }

    private boolean api(RoutingContext context, JsonObject answer) {
        boolean may = guard.hasApiToken(context.request());
        context.response()
                .setStatusCode(may ? 200 : 401)
                .putHeader("Content-Type", "application/json")
                .end(may ? answer.encode() : "{}");
        return may;
    }

    private interface OnForm {
        void read(RoutingContext context, Form form);
    }

    private void onForm(RoutingContext context, OnForm handler) {
        Future<byte[]> body = Bodies.read(context.request());
        if (body == null) {
            Bodies.hangUpAfter(context);
            context.response().setStatusCode(413).end();
            return;
        }
        body.onFailure(context::fail).onSuccess(bytes -> {
            try (Form form = Form.read(bytes)) {
                if (guard.isOurForm(context.request(), form.get("csrf"))) {
                    handler.read(context, form);
                } else {
                    show(context, 403, Map.of(), ProblemView.of(Problem.FORM_EXPIRED, texts(context)));
                }
            }
        });
    }

    private void hub(RoutingContext context, Form form) {
        String address = text(form, "hub");
        String check = text(form, "check");
        work(context, Map.of("hub", address, "check", check), () -> {
            Offer made = activator.offer(Sheet.hub(address), Sheet.check(check));
            offer = made;
            return made;
        });
    }

    private void back(RoutingContext context, Form form) {
        if (again && !done) {
            done = true;
            told = "activate.returned";
            finish(context);
        } else {
            redirect(context);
        }
    }

    private void activate(RoutingContext context, Form form) {
        Offer accepted = offer;
        Map<String, String> typed = Map.of(
                "institutionCode", text(form, "institutionCode"),
                "id", text(form, "id"),
                "code", text(form, "code"),
                "terms", text(form, "terms"));
        if (accepted == null || done) {
            redirect(context);
        } else if (!accepted.termsVersion().equals(typed.get("terms"))) {
            show(context, 422, typed, view(Trouble.TERMS, texts(context)));
        } else {
            String password = text(form, "password");
            work(context, typed, () -> {
                Sheet sheet =
                        Sheet.typed(text(form, "institutionCode"), text(form, "id"), password, text(form, "code"));
                activator.activate(accepted, sheet);
                done = true;
                return sheet;
            });
        }
    }

    /// On a worker: the hub may take its time.
    private void work(RoutingContext context, Map<String, String> typed, Callable<?> work) {
        vertx.executeBlocking(work, true).onComplete(result -> {
            if (result.succeeded()) {
                if (done) {
                    finish(context);
                } else {
                    redirect(context);
                }
            } else if (result.cause() instanceof TroubleException trouble) {
                LOG.atWarn().addKeyValue("trouble", trouble.trouble()).log("the device was not activated");
                if (trouble.trouble() == Trouble.TERMS_CHANGED) {
                    offer = null;
                }
                show(context, 422, typed, view(trouble.trouble(), texts(context)));
            } else {
                LOG.atError().setCause(result.cause()).log("the device was not activated");
                show(context, 500, typed, view(Trouble.HUB_FAILED, texts(context)));
            }
        });
    }

    /// Also when the page was given up meanwhile: then nobody is there to be told, and nothing ends any more.
    private void finish(RoutingContext context) {
        if (context.response().closed()) {
            activated.run();
        } else {
            context.addEndHandler(_ -> activated.run());
            show(context, 200, Map.of(), ProblemView.NONE);
        }
    }

    private static ProblemView view(Trouble trouble, Texts texts) {
        return new ProblemView(
                trouble.code(),
                trouble.field(),
                texts.text("trouble", trouble),
                texts.text("trouble.supplier", trouble));
    }

    private void show(RoutingContext context, int status, Map<String, String> typed, ProblemView problem) {
        HttpServerRequest request = context.request();
        Language language = Caller.language(request);
        Texts texts = Texts.in(language);
        Offer offered = "hub".equals(request.getParam("step")) ? null : offer;
        Map<String, Object> model = new HashMap<>();
        model.put("csrf", guard.formToken(request));
        model.put("typed", typed);
        model.put("problem", problem);
        model.put("hub", offered == null ? "" : offered.hub().toString());
        model.put("termsVersion", offered == null ? "" : offered.termsVersion());
        model.put(
                "terms",
                offered == null
                        ? List.of()
                        : (language == Language.JA ? offered.termsJapanese() : offered.termsEnglish())
                                .lines()
                                .toList());
        String page = done ? "activated" : offered == null ? "activate-hub" : "activate";
        model.put("again", again);
        model.put("done", told);
        model.put("open", "/");
        boolean isBack = done && told.equals("activate.returned");
        model.put("title", texts.text(done && !isBack ? "activate.done" : "activate.title"));
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .end(pages.render(page, language, model));
    }

    private static Texts texts(RoutingContext context) {
        return Texts.in(Caller.language(context.request()));
    }

    private static String text(Form form, String name) {
        String text = form.get(name);
        return text == null ? "" : text;
    }

    private static void redirect(RoutingContext context) {
        context.response().setStatusCode(303).putHeader("Location", PAGE).end();
    }

    private static void file(RoutingContext context, String name, String type) {
        try (InputStream stream = ActivationServer.class.getResourceAsStream("static/" + name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing in the program");
            }
            context.response()
                    .putHeader("Content-Type", type)
                    .putHeader("Cache-Control", "private, max-age=" + STATIC_SECONDS_MAX)
                    .end(Buffer.buffer(stream.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
