package jp.kakunin.edge.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import jp.kakunin.edge.EdgeConfig;
import jp.kakunin.edge.RunFile;
import org.jspecify.annotations.Nullable;

/// The edge that runs on a data directory, asked over its local API.
final class RunningEdge implements AutoCloseable {
    private static final int OK = 200;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /// Longer than any reading of a card may take.
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final RunFile run;
    private final Duration answer;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    RunningEdge(RunFile run, Duration answer) {
        this.run = run;
        this.answer = answer;
    }

    static RunningEdge on(DataOption data) throws IOException {
        EdgeConfig config = data.config(0);
        @Nullable RunFile run = RunFile.read(config.runFile());
        if (run == null) {
            throw new CommandException(
                    ExitCode.NOT_RUNNING,
                    "no edge runs on " + config.data() + "; start one with: ./kakunin edge --data " + config.data());
        }
        return new RunningEdge(run, ANSWER);
    }

    long pid() {
        return run.pid();
    }

    String desk() {
        return run.desk();
    }

    JsonObject get(String path) throws IOException {
        return send(request(path).GET().build());
    }

    JsonObject post(String path, JsonObject body) throws IOException {
        return send(request(path)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode(), StandardCharsets.UTF_8))
                .build());
    }

    /// What the edge sends as long as it lasts; the caller limits how long that may take.
    InputStream download(String path) throws IOException {
        HttpResponse<InputStream> response = send(
                request(path).POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != OK) {
            try (InputStream body = response.body()) {
                refuse(response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        String language = Locale.getDefault().getLanguage().equals("ja") ? "ja" : "en";
        return HttpRequest.newBuilder(
                        URI.create(run.desk()).resolve(path + (path.contains("?") ? "&" : "?") + "lang=" + language))
                .timeout(answer)
                .header("authorization", "Bearer " + run.token());
    }

    private JsonObject send(HttpRequest request) throws IOException {
        HttpResponse<String> response = send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        return refuse(response.statusCode(), response.body());
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            return client.send(request, handler);
        } catch (HttpConnectTimeoutException e) {
            throw notRunning(e);
        } catch (HttpTimeoutException _) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "the edge (process " + run.pid() + ") did not answer within " + answer.toSeconds()
                            + " s; it may still be at work: look at the desk before doing it again");
        } catch (IOException e) {
            throw notRunning(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// Fails with what the edge says about it, if it refused.
    private static JsonObject refuse(int status, String text) {
        JsonObject body = body(status, text);
        JsonObject error = body.getJsonObject("error");
        if (error != null) {
            throw new CommandException(
                    ExitCode.FAILED,
                    error.getString("staff") + "\n  " + error.getString("code") + ": " + error.getString("supplier"));
        }
        return body;
    }

    private CommandException notRunning(IOException e) {
        return new CommandException(
                ExitCode.NOT_RUNNING,
                "the edge (process " + run.pid() + ") does not answer at " + run.desk() + ": " + e);
    }

    private static JsonObject body(int status, String text) {
        if (text.isEmpty()) {
            return new JsonObject();
        }
        try {
            return new JsonObject(text);
        } catch (DecodeException _) {
            throw new CommandException(ExitCode.FAILED, "the edge answered " + status);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
