package jp.kakunin.edge.desk;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import jp.kakunin.edge.door.Door;

/// The pages in front of the door: to unlock, and to pair a tablet. They tell nothing of the clinic.
final class DoorScreens {
    /// Where to go on afterwards: a page that can be opened by its address, never another site.
    private static final Pattern PAGE = Pattern.compile(
            "/(visit|open|history|export|deferred|oral|document|settings|tablets)?(\\?[A-Za-z0-9=&.-]{0,200})?");

    private static final int MILLIS_PER_SECOND = 1_000;

    private final Pages pages;
    private final Guard guard;
    private final Door door;

    DoorScreens(Pages pages, Guard guard, Door door) {
        this.pages = pages;
        this.guard = guard;
        this.door = door;
    }

    /// In place of whatever was asked for; what was sent is not read.
    void locked(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean sent = !isGet(request);
        if (sent) {
            Bodies.hangUpAfter(context);
        }
        if (sent && "application/json".equals(request.getHeader("Accept"))) {
            Texts texts = texts(context);
            context.response()
                    .setStatusCode(423)
                    .putHeader("Content-Type", "application/json")
                    .end(new JsonObject()
                            .put("code", Problem.LOCKED.code())
                            .put("staff", texts.text(Problem.LOCKED.staffKey()))
                            .encode());
            return;
        }
        // The link to the other language on this page leads there.
        String to = isGet(request) && !"/unlock".equals(request.path()) ? safe(request.uri()) : "/";
        ProblemView problem = sent ? ProblemView.of(Problem.LOCKED, texts(context)) : ProblemView.NONE;
        lock(context, 423, to, problem);
    }

    void lock(RoutingContext context, int status, String to, ProblemView problem) {
        show(context, status, "lock", "lock.title", problem, Map.of("to", safe(to), "wait", seconds(door.waiting())));
    }

    void pair(RoutingContext context, int status, ProblemView problem) {
        show(context, status, "pair", "pair.title", problem, Map.of("to", "/pair"));
    }

    ProblemView tooSoon(RoutingContext context, Duration wait) {
        Texts texts = texts(context);
        return new ProblemView(
                Problem.PASSCODE_TOO_SOON.code(),
                Problem.PASSCODE_TOO_SOON.field(),
                texts.text(Problem.PASSCODE_TOO_SOON.staffKey(), seconds(wait)),
                texts.text(Problem.PASSCODE_TOO_SOON.supplierKey()));
    }

    static Texts texts(RoutingContext context) {
        return Texts.in(Caller.language(context.request()));
    }

    static String safe(String page) {
        return PAGE.matcher(page).matches() ? page : "/";
    }

    /// Rounded up: whoever waits so long may try.
    static long seconds(Duration wait) {
        return (wait.toMillis() + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND;
    }

    private void show(
            RoutingContext context,
            int status,
            String page,
            String title,
            ProblemView problem,
            Map<String, Object> more) {
        Language language = Caller.language(context.request());
        Map<String, Object> model = new HashMap<>(more);
        model.put("csrf", guard.formToken(context.request()));
        model.put("problem", problem);
        model.put("title", Texts.in(language).text(title));
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .end(pages.render(page, language, model));
    }

    private static boolean isGet(HttpServerRequest request) {
        return "GET".equals(request.method().name());
    }
}
