package jp.kakunin.hub.console;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/// Remembers the operator's language in a cookie.
final class Languages {
    private Languages() {}

    /// `?lang=en` on any page switches and shows the page again at its address without that, of the same clinic.
    static void choose(RoutingContext context) {
        @Nullable String wanted = context.request().getParam("lang");
        if (wanted == null) {
            context.next();
            return;
        }
        context.response()
                .addCookie(Cookie.cookie(Language.COOKIE, Language.of(wanted).tag())
                        .setHttpOnly(true)
                        .setSameSite(CookieSameSite.STRICT)
                        .setPath("/"));
        String path = context.request().path();
        // Two slashes would lead to another host.
        String back = path == null || path.startsWith("//") ? "/" : path;
        context.response()
                .setStatusCode(303)
                .putHeader("location", back + chosen(context))
                .end();
    }

    private static String chosen(RoutingContext context) {
        try {
            return ClinicChoice.of(context).query();
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    static Language of(RoutingContext context) {
        @Nullable Cookie cookie = context.request().getCookie(Language.COOKIE);
        return Language.of(cookie == null ? null : cookie.getValue());
    }
}
