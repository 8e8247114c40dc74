package jp.kakunin.load.up;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// Lets `kakunin card` move the virtual cards of a running `up`: a loopback address with a token, both in the run file.
///
///     POST /insert {"card": NAME}  ->  {"card": NAME, "pin": NNNN}      POST /remove  ->  {}
///
/// A sandbox listens in the same way to what is to happen there.
public final class CardControl implements AutoCloseable {
    private static final int TOKEN_BYTES = 16;
    private static final int BODY_BYTES_MAX = 4_096;
    private static final long START_SECONDS_MAX = 10;

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Act> acts;
    private final Runnable end;
    private final Path runFile;
    private final String token;

    /// What a path does, in JSON.
    interface Act {
        JsonObject act(String body) throws IOException;
    }

    private CardControl(Map<String, Act> acts, Runnable end, Path runFile, String token) {
        this.acts = Map.copyOf(acts);
        this.end = end;
        this.runFile = runFile;
        this.token = token;
    }

    public static CardControl start(CardHand hand, Path runFile) throws Exception {
        return serve(
                Map.of("/insert", body -> insert(hand, body), "/remove", _ -> {
                    hand.takeAway();
                    return new JsonObject();
                }),
                hand::takeAway,
                runFile);
    }

    /// @param end what is to be done when it is closed
    static CardControl serve(Map<String, Act> acts, Runnable end, Path runFile) throws Exception {
        byte[] secret = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(secret);
        var control = new CardControl(acts, end, runFile, HexFormat.of().formatHex(secret));
        HttpServer server = control.vertx
                .createHttpServer()
                .requestHandler(control::serve)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(START_SECONDS_MAX, TimeUnit.SECONDS);
        RunFile.write(
                runFile,
                new JsonObject()
                        .put("pid", ProcessHandle.current().pid())
                        .put("url", "http://127.0.0.1:" + server.actualPort() + "/")
                        .put("token", control.token));
        return control;
    }

    private void serve(HttpServerRequest request) {
        if (!authorised(request)) {
            answer(request, 401, new JsonObject().put("message", "wrong or missing token"));
            return;
        }
        request.body().onSuccess(body -> {
            if (body.length() > BODY_BYTES_MAX) {
                answer(request, 413, new JsonObject().put("message", "too large"));
                return;
            }
            // Moving a card talks to a socket: not on the event loop.
            vertx.executeBlocking(() -> act(String.valueOf(request.path()), body.toString()), false)
                    .onSuccess(done -> answer(request, 200, done))
                    .onFailure(problem -> answer(request, 409, new JsonObject().put("message", problem.getMessage())));
        });
    }

    private JsonObject act(String path, String body) throws IOException {
        Act act = acts.get(path);
        if (act == null) {
            throw new IOException("there is no " + path + ": use one of " + new TreeSet<>(acts.keySet()));
        }
        return act.act(body);
    }

    private static JsonObject insert(CardHand hand, String body) throws IOException {
        try {
            String name = new JsonObject(body).getString("card", "hanako");
            return new JsonObject().put("card", name).put("pin", hand.putDown(name));
        } catch (DecodeException e) {
            throw new IOException("the body is not JSON", e);
        }
    }

    private boolean authorised(HttpServerRequest request) {
        String given = request.getHeader("Authorization");
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.encode());
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(runFile);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        end.run();
    }
}
