package jp.kakunin.edge.desk;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BiConsumer;

/// Reads the forms of the door: small, with their token.
record DoorForms(Guard guard) {
    /// @param refused shown when the form is not ours
    Handler<RoutingContext> on(BiConsumer<RoutingContext, Form> handler, BiConsumer<RoutingContext, Problem> refused) {
        return context -> {
            Future<byte[]> body = Bodies.read(context.request());
            if (body == null) {
                Bodies.hangUpAfter(context);
                refused.accept(context, Problem.BODY_TOO_LARGE);
                return;
            }
            body.onFailure(context::fail).onSuccess(bytes -> {
                try (Form form = Form.read(bytes)) {
                    if (guard.isOurForm(context.request(), form.get("csrf"))) {
                        handler.accept(context, form);
                    } else {
                        refused.accept(context, Problem.FORM_EXPIRED);
                    }
                }
            });
        };
    }
}
