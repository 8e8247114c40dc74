package jp.kakunin.hub.console;

import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The operator's way in and out.
final class SignIn {
    private final Vertx vertx;
    private final Pages pages;
    private final OperatorPassword password;
    private final InstantSource clock;
    private final Sessions sessions;
    private final Lockout lockout = new Lockout();

    SignIn(Vertx vertx, Pages pages, OperatorPassword password, InstantSource clock, SecureRandom random) {
        this.vertx = vertx;
        this.pages = pages;
        this.password = password;
        this.clock = clock;
        this.sessions = new Sessions(random);
    }

    boolean isSignedIn(RoutingContext context) {
        return sessions.isOpen(token(context), clock.instant());
    }

    /// Lets only signed-in operators pass; everybody else gets the form.
    void require(RoutingContext context) {
        if (isSignedIn(context)) {
            context.next();
        } else {
            context.response()
                    .setStatusCode(303)
                    .putHeader("location", "/sign-in")
                    .end();
        }
    }

    void form(RoutingContext context) {
        show(context, 200, "");
    }

    void enter(RoutingContext context) {
        Language language = Languages.of(context);
        Duration wait = lockout.waitAt(clock.instant());
        if (wait.isPositive()) {
            long seconds = wait.toSeconds() + 1;
            context.response().putHeader("retry-after", String.valueOf(seconds));
            show(context, 429, Texts.text(language, "signin.wait", seconds));
            return;
        }
        lockout.tried(clock.instant());
        @Nullable String attempt = context.request().getFormAttribute("password");
        vertx.executeBlocking(() -> attempt != null && password.matches(attempt), false)
                .onSuccess(right -> {
                    if (Boolean.TRUE.equals(right)) {
                        welcome(context);
                    } else {
                        show(context, 401, Texts.text(language, "signin.wrong"));
                    }
                })
                .onFailure(context::fail);
    }

    void leave(RoutingContext context) {
        @Nullable String token = token(context);
        if (token != null) {
            sessions.close(token);
        }
        context.response().addCookie(cookie("").setMaxAge(0));
        context.response().setStatusCode(303).putHeader("location", "/sign-in").end();
    }

    private void welcome(RoutingContext context) {
        lockout.succeeded();
        context.response().addCookie(cookie(sessions.open(clock.instant())));
        context.response().setStatusCode(303).putHeader("location", "/").end();
    }

    private void show(RoutingContext context, int status, String message) {
        context.response()
                .setStatusCode(status)
                .putHeader("content-type", "text/html; charset=utf-8")
                .end(pages.render("sign-in", Languages.of(context), false, Map.of("message", message)));
    }

    private static Cookie cookie(String token) {
        return Cookie.cookie(Sessions.COOKIE, token)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setPath("/");
    }

    private static @Nullable String token(RoutingContext context) {
        @Nullable Cookie cookie = context.request().getCookie(Sessions.COOKIE);
        return cookie == null ? null : cookie.getValue();
    }
}
