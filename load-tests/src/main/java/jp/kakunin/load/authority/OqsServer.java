package jp.kakunin.load.authority;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import jp.kakunin.hub.authority.OqsXml;
import jp.kakunin.hub.authority.Registry;
import org.jspecify.annotations.Nullable;

/// The simulated authority on a loopback port. It speaks OQS; who holds the token can change what is wrong with it:
///
///     POST /oqs       an OQS question    ->  an OQS reply
///     POST /faults    {"down": true}     ->  {}, from now on and instead of the script
///     GET  /counts                       ->  {"asked": n, "answeredTwice": n, "refused": n}
public final class OqsServer implements AutoCloseable {
    static final int UNDER_WAY_MAX = 10_000;
    private static final long START_SECONDS_MAX = 10;

    private final Vertx vertx = Vertx.vertx();
    private final Registry registry;
    private final OqsDesk desk;
    private final FaultScript script;
    private final InstantSource clock;
    private final String token;
    private final Instant started;
    private final RandomGenerator random;
    private volatile @Nullable Faults faults;
    private int port;

    // From here on only on the event loop.
    private long second;
    private int inThisSecond;
    private int underWay;
    private int refused;

    private OqsServer(Registry registry, FaultScript script, InstantSource clock, long seed, String token) {
        this.registry = registry;
        this.desk = new OqsDesk(registry, clock, seed);
        this.script = script;
        this.clock = clock;
        this.token = token;
        this.started = clock.instant();
        this.random = new Random(seed);
    }

    /// @param store where the registry's store is kept
    /// @param wantedPort 0 for any free one
    public static OqsServer start(
            Path csv, Path store, int wantedPort, FaultScript script, InstantSource clock, long seed, String token)
            throws IOException {
        var server = new OqsServer(Registry.open(csv, store), script, clock, seed, token);
        try {
            HttpServer http = server.vertx
                    .createHttpServer()
                    .requestHandler(server::serve)
                    .listen(wantedPort, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS_MAX, TimeUnit.SECONDS);
            server.port = http.actualPort();
            return server;
        } catch (ExecutionException | TimeoutException e) {
            server.close();
            throw new IOException("port " + wantedPort + " cannot be opened: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.close();
            throw new IOException("interrupted", e);
        }
    }

    /// On any free port, with nothing wrong but what is told later.
    public static OqsServer start(Path csv, Path store, InstantSource clock, long seed, String token)
            throws IOException {
        return start(csv, store, 0, FaultScript.EMPTY, clock, seed, token);
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public int asked() {
        return desk.asked();
    }

    public int answeredTwice() {
        return desk.answeredTwice();
    }

    /// From now on, instead of the script.
    public void wrong(Faults now) {
        faults = now;
    }

    private Faults faultsNow() {
        Faults given = faults;
        return given == null ? script.at(Duration.between(started, clock.instant())) : given;
    }

    private void serve(HttpServerRequest request) {
        switch (String.valueOf(request.path())) {
            case "/oqs" -> question(request);
            case "/faults", "/counts" -> control(request);
            default -> request.response().setStatusCode(404).end();
        }
    }

    private void question(HttpServerRequest request) {
        Faults now = faultsNow();
        if (now.down()) {
            refused++;
            request.connection().close();
            return;
        }
        if (!isWithin(now.perSecond()) || underWay >= UNDER_WAY_MAX) {
            refused++;
            if (now.retryAfterSeconds() > 0) {
                request.response().putHeader("retry-after", String.valueOf(now.retryAfterSeconds()));
            }
            request.response().setStatusCode(429).end();
            return;
        }
        underWay++;
        request.body()
                .compose(body -> vertx.executeBlocking(() -> desk.answer(bounded(body), now), false))
                .onComplete(answered -> {
                    underWay--;
                    Runnable reply = () -> reply(request, answered.result());
                    if (now.slowMillis() > 0) {
                        vertx.setTimer(now.slowMillis() + random.nextInt(now.slowMillis() / 2 + 1), _ -> reply.run());
                    } else {
                        reply.run();
                    }
                });
    }

    private static byte[] bounded(Buffer body) throws IOException {
        if (body.length() > OqsXml.MESSAGE_BYTES_MAX) {
            throw new IOException("the question is too large");
        }
        return body.getBytes();
    }

    private static void reply(HttpServerRequest request, byte @Nullable [] answer) {
        if (answer == null) {
            request.response().setStatusCode(400).end();
        } else {
            request.response().putHeader("content-type", "application/xml").end(Buffer.buffer(answer));
        }
    }

    private boolean isWithin(int perSecond) {
        long now = clock.instant().getEpochSecond();
        if (now != second) {
            second = now;
            inThisSecond = 0;
        }
        return perSecond == 0 || ++inThisSecond <= perSecond;
    }

    private void control(HttpServerRequest request) {
        if (!isAuthorised(request)) {
            answer(request, 401, new JsonObject().put("message", "wrong or missing token"));
        } else if (request.method().equals(HttpMethod.GET)) {
            answer(
                    request,
                    200,
                    new JsonObject()
                            .put("asked", desk.asked())
                            .put("answeredTwice", desk.answeredTwice())
                            .put("refused", refused));
        } else {
            request.body().onSuccess(body -> {
                try {
                    wrong(Faults.of(new JsonObject(new String(bounded(body), StandardCharsets.UTF_8))));
                    answer(request, 200, new JsonObject());
                } catch (IOException | DecodeException | IllegalArgumentException e) {
                    answer(request, 400, new JsonObject().put("message", e.getMessage()));
                }
            });
        }
    }

    private boolean isAuthorised(HttpServerRequest request) {
        String given = request.getHeader("authorization");
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body.encode());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        registry.close();
    }
}
