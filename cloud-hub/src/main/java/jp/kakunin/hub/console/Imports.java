package jp.kakunin.hub.console;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Tally;
import jp.kakunin.hub.export.ExportIntake;
import jp.kakunin.hub.export.ExportRefusedException;
import jp.kakunin.hub.export.ExportTaken;
import jp.kakunin.hub.export.OpenedExport;
import jp.kakunin.hub.export.StreamTaken;

/// `POST /api/import`: one sealed export as the body, what became of it as the answer.
final class Imports {
    private static final String PATH = "/api/import";

    private final Vertx vertx;
    private final ExportIntake exports;
    private final Executor opening;

    /// @param opening opens the files, which takes a while
    Imports(Vertx vertx, ExportIntake exports, Executor opening) {
        this.vertx = vertx;
        this.exports = exports;
        this.opening = opening;
    }

    void mount(Router router) {
        router.post(PATH).handler(BodyHandler.create(false).setBodyLimit(Limits.EXPORT_BYTES_MAX));
        router.post(PATH).handler(this::take).failureHandler(context -> {
            if (context.statusCode() == 413) {
                refuse(context, OpenedExport.tooLarge());
            } else {
                context.next();
            }
        });
    }

    private void take(RoutingContext context) {
        byte[] file = context.body().buffer() == null
                ? new byte[0]
                : context.body().buffer().getBytes();
        CompletableFuture<ExportTaken> taken =
                CompletableFuture.runAsync(() -> {}, opening).thenCompose(_ -> open(file));
        Future.fromCompletionStage(taken, vertx.getOrCreateContext())
                .onSuccess(each -> LocalApi.send(context, json(each)))
                .onFailure(failure -> {
                    if (failure instanceof ExportRefusedException refused) {
                        refuse(context, refused);
                    } else {
                        context.fail(failure);
                    }
                });
    }

    private CompletableFuture<ExportTaken> open(byte[] file) {
        try {
            return exports.take(file);
        } catch (ExportRefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void refuse(RoutingContext context, ExportRefusedException refused) {
        int status = switch (refused.reason()) {
            case NOT_AN_EXPORT, DAMAGED, OTHER_HUB -> 422;
            case TOO_LARGE -> 413;
            case MONTH_FORGOTTEN -> 410;
            case DEVICE_UNKNOWN, DEVICE_STOLEN, CERTIFICATE_EXPIRED -> 403;
        };
        LocalApi.problem(context, status, refused.reason() + ": " + refused.getMessage());
    }

    private static JsonObject json(ExportTaken taken) {
        var streams = new JsonArray();
        for (StreamTaken stream : taken.streams()) {
            Tally tally = stream.tally();
            streams.add(new JsonObject()
                    .put("clinic", stream.clinic().digits())
                    .put("facts", stream.facts())
                    .put("now", stream.now())
                    .put("stored", tally.stored())
                    .put("held", tally.held())
                    .put("refused", tally.refused())
                    .put("quarantined", tally.quarantined())
                    .put("forgotten", tally.forgotten())
                    .put("stopped", stream.stopped()));
        }
        return new JsonObject()
                .put("month", taken.month().toString())
                .put("device", taken.device().toString())
                .put("name", taken.name())
                .put("state", taken.state().name())
                .put("writtenAt", taken.writtenAt().toString())
                .put("clinics", streams);
    }
}
