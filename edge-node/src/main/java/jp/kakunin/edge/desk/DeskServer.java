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
import jp.kakunin.edge.door.Door;
import jp.kakunin.edge.door.Lan;
import org.jspecify.annotations.Nullable;

/// Serves the desk's pages, events and local API on loopback, and its pages to paired tablets when the clinic wishes.
public final class DeskServer {
    private static final String LOOPBACK = "127.0.0.1";
    /// Nothing came and nothing could be written: above all when a client reads no events.
    private static final int CONNECTION_IDLE_SECONDS_MAX = 120;
    private static final long DOOR_LOOK_MILLIS = 2_000;

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
    private final Door door;
    private final DoorGate gate;
    private final LockRoutes locks;
    private final SettingsRoutes settings;
    private final TabletRoutes tablets;
    private final @Nullable LanServer lanServer;

    /// @param formSecret kept over restarts
    /// @param apiToken what programs must show
    /// @param stop called when a program asks the edge to stop
    /// @param certificateEnd when the device's certificate ends
    /// @param beside what else is served here, behind the same look at who asks
    /// @param lan null without tablets
    public DeskServer(
            Vertx vertx,
            Reception reception,
            byte[] formSecret,
            String apiToken,
            RandomGenerator random,
            Runnable stop,
            Supplier<Instant> certificateEnd,
            Consumer<Router> beside,
            Door door,
            @Nullable Lan lan) {
        this.vertx = vertx;
        this.beside = beside;
        this.door = door;
        this.context = vertx.getOrCreateContext();
        this.reception = reception;
        this.guard = new Guard(formSecret, apiToken, random);
        byte[] instance = new byte[8];
        random.nextBytes(instance);
        Onces onces = new Onces(random);
        Pages pages = new Pages();
        this.screens = new Screens(
                reception,
                pages,
                guard,
                new Flashes(random),
                onces,
                HexFormat.of().formatHex(instance),
                door);
        this.routes = new DeskRoutes(reception, screens, guard, onces);
        this.events = new EventStreams(vertx, context);
        this.api = new LocalApi(reception, guard, stop, certificateEnd, door);
        DoorScreens doorScreens = new DoorScreens(pages, guard, door);
        DoorForms forms = new DoorForms(guard);
        this.gate = new DoorGate(door, lan, doorScreens);
        this.locks = new LockRoutes(door, doorScreens, forms);
        this.settings = new SettingsRoutes(door, screens, doorScreens, forms);
        this.tablets = new TabletRoutes(lan, door, screens, doorScreens, forms, this::isLanOpen, this::tabletsChanged);
        this.lanServer = lan == null ? null : new LanServer(vertx, lan, lanRouter(lan));
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
        door.onChange(() -> {
            events.look();
            if (door.isAttended()) {
                reception.tapDesk().attend();
            }
        });
        vertx.setPeriodic(DOOR_LOOK_MILLIS, _ -> door.look());
        return server.requestHandler(router)
                .listen(port, LOOPBACK)
                .map(HttpServer::actualPort)
                .compose(listening -> lanServer == null
                        ? Future.succeededFuture(listening)
                        : lanServer.start().map(listening));
    }

    public Future<Void> stop() {
        return lanServer == null ? server.close() : lanServer.stop().eventually(server::close);
    }

    /// What stands before the gate is open to everybody on this PC, also while the desk is locked.
    Router router() {
        Router router = Router.router(vertx);
        addOpen(router);
        locks.addUnlock(router);
        router.route().handler(gate::admitUnlocked);
        settings.add(router);
        tablets.addAtPc(router);
        routes.addAtPc(router);
        router.get("/static/activate.js").handler(file("activate.js", "text/javascript; charset=utf-8"));
        beside.accept(router);
        api.add(router);
        addDesk(router);
        router.route("/api/*").handler(request -> LocalApi.refuse(request, 404, Problem.NOT_FOUND));
        addRest(router);
        return router;
    }

    /// Tablets get the pages alone: neither settings nor the APIs are there. What stands before the first gate is
    /// for everybody on the network, what stands before the second for paired tablets while locked.
    Router lanRouter(Lan served) {
        Router router = Router.router(vertx);
        addOpen(router);
        tablets.addOnLan(router, served, gate);
        router.route().handler(gate::admitPaired);
        router.route().handler(this::keepConnection);
        locks.addUnlock(router);
        router.route().handler(gate::admitUnlocked);
        addDesk(router);
        addRest(router);
        return router;
    }

    private void addOpen(Router router) {
        router.route().handler(gate::admitHost);
        router.get("/static/desk.css").handler(file("desk.css", "text/css; charset=utf-8"));
        router.get("/static/door.js").handler(file("door.js", "text/javascript; charset=utf-8"));
        router.get("/static/icon.svg").handler(file("icon.svg", "image/svg+xml"));
    }

    private void addDesk(Router router) {
        router.get("/static/desk.js").handler(file("desk.js", "text/javascript; charset=utf-8"));
        router.get("/static/reader.svg").handler(file("reader.svg", "image/svg+xml"));
        Manual.add(router);
        router.get("/events").handler(request -> events.join(request, gate.stays(request)));
        locks.addLock(router);
        routes.add(router);
    }

    private void addRest(Router router) {
        router.route().handler(request -> screens.refuse(request, 404, Problem.NOT_FOUND));
        router.route().failureHandler(request -> {
            if (!DoorGate.letIn(request)) {
                DoorGate.failOutside(request);
                return;
            }
            String path = request.request().path();
            if (path != null && path.startsWith("/api/")) {
                LocalApi.fail(request);
            } else {
                screens.fail(request, request.failure());
            }
        });
    }

    private void keepConnection(RoutingContext context) {
        if (lanServer != null) {
            lanServer.isPaired(context.request().connection());
        }
        context.next();
    }

    private void tabletsChanged() {
        events.changed();
        if (lanServer != null) {
            lanServer.lookAgain();
        }
    }

    private boolean isLanOpen() {
        return lanServer != null && lanServer.isOpen();
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
