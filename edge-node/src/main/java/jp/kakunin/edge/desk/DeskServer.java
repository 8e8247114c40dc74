package jp.kakunin.edge.desk;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Serves the desk's pages, events and local API on loopback.
public final class DeskServer {
    private static final String LOOPBACK = "127.0.0.1";
    /// Nothing came and nothing could be written: above all when a client reads no events.
    private static final int CONNECTION_IDLE_SECONDS_MAX = 120;

    private final Vertx vertx;
    private final Context context;
    private final Reception reception;
    private final Guard guard;
    private final Screens screens;
    private final DeskRoutes routes;
    private final EventStreams events;
    private final LocalApi api;
    private final HttpServer server;
    private final Consumer<Router> beside;

    /// @param formSecret kept over restarts
    /// @param apiToken what programs must show
    /// @param stop called when a program asks the edge to stop
    /// @param certificateEnd when the device's certificate ends
    /// @param beside what else is served here, behind the same look at who asks
    public DeskServer(
            Vertx vertx,
            Reception reception,
            byte[] formSecret,
            String apiToken,
            RandomGenerator random,
            Runnable stop,
            Supplier<Instant> certificateEnd,
            Consumer<Router> beside) {
        this.vertx = vertx;
        this.beside = beside;
        this.context = vertx.getOrCreateContext();
        this.reception = reception;
        this.guard = new Guard(formSecret, apiToken, random);
        byte[] instance = new byte[8];
        random.nextBytes(instance);
        Onces onces = new Onces(random);
        this.screens = new Screens(
                reception,
                new Pages(),
                guard,
                new Flashes(random),
                onces,
                HexFormat.of().formatHex(instance));
        this.routes = new DeskRoutes(reception, screens, guard, onces);
        this.events = new EventStreams(vertx, context);
        this.api = new LocalApi(reception, guard, stop, certificateEnd);
        this.server = vertx.createHttpServer(new HttpServerOptions()
                .setIdleTimeout(CONNECTION_IDLE_SECONDS_MAX)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(false));
    }

    /// @param port 0 for any free one
    /// @return the port
    public Future<Integer> start(int port) {
        Router router = router();
        reception.onChange(events::changed);
        events.start();
        return server.requestHandler(router).listen(port, LOOPBACK).map(HttpServer::actualPort);
    }

    public Future<Void> stop() {
        return server.close();
    }

    private Router router() {
        Router router = Router.router(vertx);
        router.route().handler(this::admit);
        router.get("/static/desk.css").handler(file("desk.css", "text/css; charset=utf-8"));
        router.get("/static/desk.js").handler(file("desk.js", "text/javascript; charset=utf-8"));
        router.get("/static/activate.js").handler(file("activate.js", "text/javascript; charset=utf-8"));
        router.get("/static/icon.svg").handler(file("icon.svg", "image/svg+xml"));
        router.get("/static/reader.svg").handler(file("reader.svg", "image/svg+xml"));
        router.get("/events").handler(events::join);
        beside.accept(router);
        api.add(router);
        routes.add(router);
        router.route("/api/*").handler(request -> LocalApi.refuse(request, 404, Problem.NOT_FOUND));
        router.route().handler(request -> screens.refuse(request, 404, Problem.NOT_FOUND));
        router.route().failureHandler(request -> {
            String path = request.request().path();
            if (path != null && path.startsWith("/api/")) {
                LocalApi.fail(request);
            } else {
                screens.fail(request, request.failure());
            }
        });
        return router;
    }

    private void admit(RoutingContext request) {
        Guard.harden(request.response());
        if (Guard.isForUs(request.request())) {
            request.next();
        } else {
            request.response()
                    .setStatusCode(403)
                    .end(Problem.WRONG_HOST.code() + " " + Texts.in(Language.EN).text(Problem.WRONG_HOST.staffKey())
                            + "\n");
        }
    }

    private static Handler<RoutingContext> file(String name, String type) {
        Buffer content = read(name);
        return request -> request.response().putHeader("Content-Type", type).end(content);
    }

    private static Buffer read(String name) {
        try (InputStream stream = DeskServer.class.getResourceAsStream("static/" + name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing in the program");
            }
            return Buffer.buffer(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
