package jp.kakunin.edge.desk;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the desk lets a browser keep. No script and no other site gets at it; over TLS it is bound to this one host.
final class DeskCookies {
    /// Browsers keep none longer.
    static final Duration REMEMBERED = Duration.ofDays(400);

    static final String UNLOCKED = "kakunin-unlocked";
    static final String PAIRED = "kakunin-paired";

    private DeskCookies() {}

    static @Nullable String read(HttpServerRequest request, String name) {
        Cookie cookie = request.getCookie(nameOn(request, name));
        return cookie == null ? null : cookie.getValue();
    }

    /// Until the browser is closed.
    static void give(HttpServerRequest request, String name, String value) {
        request.response().addCookie(cookie(request, name, value));
    }

    static void giveForLong(HttpServerRequest request, String name, String value) {
        request.response().addCookie(cookie(request, name, value).setMaxAge(REMEMBERED.toSeconds()));
    }

    static String nameOn(HttpServerRequest request, String name) {
        return request.isSSL() ? "__Host-" + name : name;
    }

    private static Cookie cookie(HttpServerRequest request, String name, String value) {
        return Cookie.cookie(nameOn(request, name), value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(request.isSSL())
                .setSameSite(CookieSameSite.STRICT);
    }
}
