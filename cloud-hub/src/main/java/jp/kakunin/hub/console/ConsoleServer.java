package jp.kakunin.hub.console;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import jp.kakunin.hub.export.ExportIntake;
import jp.kakunin.hub.fleet.FileDeviceDirectory;
import jp.kakunin.hub.fleet.FleetView;
import jp.kakunin.hub.history.MonthHistory;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.metrics.OpenCounts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The console's port on loopback: pages for operators, `/api` for the command line, `/health` and `/metrics` for
/// probes.
public final class ConsoleServer {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
    private static final int FORM_BYTES_MAX = 4 * 1024;
    private static final int IDLE_SECONDS = 60;
    private static final String LOOPBACK = "127.0.0.1";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Vertx vertx;
    private final Pages pages = new Pages();
    private final SignIn signIn;
    private final HttpServer server;
    private volatile int port;

    /// What the console shows and whom it asks.
    ///
    /// @param filingDay day of the month after on which claims are filed
    /// @param reader runs reads of the journal, which block
    /// @param token opens `/api`
    /// @param snapshot puts a copy of the store aside, and may say why not
    /// @param stop asks the whole hub to stop
    public record Parts(
            Journal journal,
            FileDeviceDirectory directory,
            FleetView fleet,
            MonthHistory history,
            OpenCounts openCounts,
            ExportIntake exports,
            PrometheusMeterRegistry metrics,
            Health health,
            OperatorPassword password,
            InstantSource clock,
            int filingDay,
            SecureRandom random,
            Executor reader,
            String token,
            Callable<Path> snapshot,
            Runnable stop) {
        @Override
        public String toString() {
            return "Parts of the console";
        }
    }

    public ConsoleServer(Vertx vertx, Parts parts) {
        this.vertx = vertx;
        this.signIn = new SignIn(vertx, pages, parts.password(), parts.clock(), parts.random());
        var options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        this.server = vertx.createHttpServer(options).requestHandler(router(parts));
    }

    public Future<Integer> listen(int wanted) {
        // Known before the first request can come, because requests are judged by it.
        port = wanted;
        return server.listen(wanted, LOOPBACK).map(listening -> {
            port = listening.actualPort();
            return port;
        });
    }

    public Future<Void> close() {
        return server.shutdown(1, TimeUnit.SECONDS);
    }

    private Router router(Parts parts) {
        var fleet = new FleetTable(parts.directory(), parts.fleet(), parts.clock());
        var openItems = new OpenItems(parts.journal(), parts.reader());
        var quarantine = new Quarantine(parts.journal(), parts.reader());
        Router router = Router.router(vertx);
        router.route().handler(new Guard(() -> port)::handle);
        new HealthPages(vertx, parts.health()).mount(router);
        router.get("/metrics").handler(context -> metrics(context, parts));
        Buffer style = resource("console.css");
        router.get("/console.css")
                .handler(context -> context.response()
                        .putHeader("content-type", "text/css; charset=utf-8")
                        .end(style));
        new LocalApi(vertx, fleet, openItems, quarantine, parts).mount(router);

        router.get().handler(Languages::choose);
        router.get("/sign-in").handler(signIn::form);
        router.post("/sign-in").handler(BodyHandler.create(false).setBodyLimit(FORM_BYTES_MAX));
        router.post("/sign-in").handler(signIn::enter);
        router.post("/sign-out").handler(signIn::leave);
        router.route().handler(signIn::require);
        var views = new Views(parts.clock(), parts.filingDay());
        new ConsolePages(vertx, pages, views, fleet, parts.directory(), parts.history(), openItems, quarantine)
                .mount(router);
        router.route().failureHandler(this::fail);
        router.route().last().handler(context -> context.fail(404));
        return router;
    }

    private void metrics(RoutingContext context, Parts parts) {
        Context here = vertx.getOrCreateContext();
        Future.fromCompletionStage(parts.openCounts().refresh(), here)
                .map(_ -> parts.metrics().scrape())
                .onSuccess(text ->
                        context.response().putHeader("content-type", PROMETHEUS).end(text))
                .onFailure(context::fail);
    }

    private void fail(RoutingContext context) {
        @Nullable Throwable cause = context.failure();
        int status = cause instanceof RejectedExecutionException ? 503 : context.statusCode();
        int shown = status == 404 || status == 503 || status == 413 ? status : 500;
        if (shown == 500) {
            LOG.error("a console request failed", cause);
        }
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        String path = context.request().path();
        context.response().setStatusCode(shown);
        if (path != null && path.startsWith("/api/")) {
            LocalApi.problem(context, shown, Texts.text(Language.EN, "error." + (shown == 413 ? 500 : shown)));
            return;
        }
        Language language = Languages.of(context);
        String message = Texts.text(language, "error." + (shown == 413 ? 500 : shown));
        context.response()
                .putHeader("content-type", "text/html; charset=utf-8")
                .end(pages.render("error", language, signIn.isSignedIn(context), Map.of("message", message)));
    }

    private static Buffer resource(String name) {
        try (var in = ConsoleServer.class.getResourceAsStream(name)) {
            return Buffer.buffer(Objects.requireNonNull(in).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
