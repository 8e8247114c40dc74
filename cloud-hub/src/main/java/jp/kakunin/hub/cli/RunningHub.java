package jp.kakunin.hub.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import jp.kakunin.hub.RunFile;
import org.jspecify.annotations.Nullable;

/// The hub that runs on a data directory, asked over its local API.
final class RunningHub implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final RunFile run;
    private final Duration answer;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    RunningHub(RunFile run, Duration answer) {
        this.run = run;
        this.answer = answer;
    }

    static RunningHub on(DataOption data) throws IOException {
        @Nullable RunFile run = RunFile.read(data.folder().runFile());
        if (run == null) {
            throw new CommandException(
                    ExitCode.NOT_RUNNING,
                    "no hub runs on " + data.path() + "; start one with: hub --data " + data.path());
        }
        return new RunningHub(run, ANSWER);
    }

    long pid() {
        return run.pid();
    }

    /// @param after goes on behind an earlier page
    JsonObject get(String path, @Nullable String after) throws IOException {
        HttpRequest.Builder request = request(path).GET();
        if (after != null) {
            request.header("kakunin-after", after);
        }
        HttpResponse<String> response = send(request.build());
        if (response.statusCode() != 200) {
            int exitCode = response.statusCode() == 404 ? ExitCode.UNKNOWN : ExitCode.FAILED;
            throw new CommandException(exitCode, detail(response));
        }
        return new JsonObject(response.body());
    }

    /// Gives back what the hub says, which may be nothing.
    String post(String path) throws IOException {
        HttpResponse<String> response =
                send(request(path).POST(HttpRequest.BodyPublishers.noBody()).build());
        if (response.statusCode() >= 300) {
            throw new CommandException(ExitCode.FAILED, detail(response));
        }
        return response.body();
    }

    /// Sends a file and gives back what became of it.
    JsonObject upload(String path, byte[] file) throws IOException {
        HttpResponse<String> response = send(
                request(path).POST(HttpRequest.BodyPublishers.ofByteArray(file)).build());
        if (response.statusCode() != 200) {
            throw new CommandException(ExitCode.FAILED, detail(response));
        }
        return new JsonObject(response.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(run.console()).resolve(path))
                .timeout(answer)
                .header("authorization", "Bearer " + run.token());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (HttpConnectTimeoutException e) {
            throw notRunning(e);
        } catch (HttpTimeoutException _) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "the hub (process " + run.pid() + ") did not answer within " + answer.toSeconds()
                            + " s; it may still be at work: look at its log and the console before doing it again");
        } catch (IOException e) {
            throw notRunning(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private CommandException notRunning(IOException e) {
        return new CommandException(
                ExitCode.NOT_RUNNING,
                "the hub (process " + run.pid() + ") does not answer at " + run.console() + ": " + e);
    }

    private static String detail(HttpResponse<String> response) {
        try {
            return new JsonObject(response.body()).getString("detail", "the hub answered " + response.statusCode());
        } catch (DecodeException _) {
            return "the hub answered " + response.statusCode();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
