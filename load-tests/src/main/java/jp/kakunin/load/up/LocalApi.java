package jp.kakunin.load.up;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The loopback API of one running process, spoken with the token of its run file.
public final class LocalApi implements AutoCloseable {
    private static final Duration CONNECT_SECONDS_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_SECONDS_MAX = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_SECONDS_MAX)
            .build();
    private final URI base;
    private final String token;
    private final String query;

    public LocalApi(String base, String token) {
        this(base, token, "");
    }

    private LocalApi(String base, String token, String query) {
        this.base = URI.create(base);
        this.token = token;
        this.query = query;
    }

    /// A desk that answers in the reader's language, if it speaks it.
    static LocalApi desk(String base, String token, Locale reader) {
        return new LocalApi(base, token, reader.getLanguage().equals("ja") ? "?lang=ja" : "?lang=en");
    }

    public JsonObject get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    public JsonObject post(String path, JsonObject body) throws IOException, InterruptedException {
        HttpRequest post = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.encode()))
                .build();
        return send(post);
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path + query))
                .timeout(ANSWER_SECONDS_MAX)
                .header("Authorization", "Bearer " + token);
    }

    private JsonObject send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new RefusedException(response.statusCode(), explanation(response.body()));
        }
        return response.body().isBlank() ? new JsonObject() : new JsonObject(response.body());
    }

    /// What a node says is wrong: for the staff at the desk, and behind it for the IT supplier.
    private static String explanation(String body) {
        try {
            JsonObject answer = new JsonObject(body);
            JsonObject error = answer.getJsonObject("error", answer);
            return Stream.of("staff", "message", "supplier")
                    .map(error::getString)
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining("\n"));
        } catch (DecodeException | ClassCastException _) {
            return body;
        }
    }

    /// The process answered, and said no.
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;
        private final int status;

        RefusedException(int status, String message) {
            super(message.isBlank() ? "HTTP status " + status : message);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }
}
