package jp.kakunin.hub.console;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/// `/health/started`, `/health/live` and `/health/ready`, for supervisors and probes: no sign-in, nothing secret.
///
/// *live* only says that this process answers; it does not depend on the disk, on edges or on the authority, because a
/// restart would mend none of them.
final class HealthPages {
    private final Vertx vertx;
    private final Health health;

    HealthPages(Vertx vertx, Health health) {
        this.vertx = vertx;
        this.health = health;
    }

    void mount(Router router) {
        router.get("/health/started").handler(context -> tell(context, health.isStarted()));
        router.get("/health/live").handler(context -> tell(context, true));
        router.get("/health/ready").handler(this::ready);
    }

    private void ready(RoutingContext routing) {
        Context context = vertx.getOrCreateContext();
        if (!health.isStarted()) {
            tell(routing, false);
            return;
        }
        Future.fromCompletionStage(health.isReady(), context).otherwise(false).onSuccess(ready -> tell(routing, ready));
    }

    private static void tell(RoutingContext context, boolean up) {
        context.response()
                .setStatusCode(up ? 200 : 503)
                .putHeader("content-type", "application/json")
                .end(new JsonObject().put("status", up ? "UP" : "DOWN").encode());
    }
}
