package jp.kakunin.hub.console;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Stands before every page: answers only to its own loopback names, so that no other web site can reach the console
/// through the operator's browser, and tells browsers to keep nothing and to load nothing from elsewhere.
final class Guard {
    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self';"
            + " frame-ancestors 'none'; base-uri 'none'";

    private final IntSupplier port;

    Guard(IntSupplier port) {
        this.port = port;
    }

    void handle(RoutingContext context) {
        context.response()
                .putHeader("content-security-policy", POLICY)
                .putHeader("cache-control", "no-store")
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("referrer-policy", "same-origin")
                .putHeader("cross-origin-opener-policy", "same-origin");
        HttpServerRequest request = context.request();
        @Nullable String host = request.getHeader("host");
        if (host == null || !isOwn(host)) {
            context.response().setStatusCode(421).end("This console answers only on its loopback address.\n");
            return;
        }
        @Nullable String origin = request.getHeader("origin");
        boolean changes = !HttpMethod.GET.equals(request.method()) && !HttpMethod.HEAD.equals(request.method());
        if (changes && origin != null && !isOwn(origin.replaceFirst("^http://", ""))) {
            context.response().setStatusCode(403).end("This form came from another site.\n");
            return;
        }
        context.next();
    }

    private boolean isOwn(String host) {
        String text = host.toLowerCase(Locale.ROOT);
        int colon = text.lastIndexOf(':');
        return colon > 0
                && text.substring(colon + 1).equals(String.valueOf(port.getAsInt()))
                && NAMES.contains(text.substring(0, colon));
    }
}
