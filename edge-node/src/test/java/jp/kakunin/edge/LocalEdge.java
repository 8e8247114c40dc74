package jp.kakunin.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;
import jp.kakunin.edge.desk.TestReader;

/// A data folder with an identity in it, the edges started on it, and what programs ask them.
record LocalEdge(Path data) {
    static LocalEdge enrolled(Path data) throws IOException {
        EdgeTestIdentity.copyTo(data.resolve("edge/identity"));
        return new LocalEdge(data);
    }

    Edge edge() {
        return new Edge(
                new EdgeConfig(data, 0), World.system(new Random(11), new SecureRandom(), TestReader.withCard()));
    }

    JsonObject get(String path) throws IOException {
        return sent(request(path).GET().build());
    }

    JsonObject post(String path, JsonObject body) throws IOException {
        return sent(request(path)
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build());
    }

    private HttpRequest.Builder request(String path) throws IOException {
        RunFile run = RunFile.read(data.resolve("edge/edge.json"));
        if (run == null) {
            throw new AssertionError("no run file");
        }
        return HttpRequest.newBuilder(URI.create(run.desk()).resolve(path))
                .header("Authorization", "Bearer " + run.token());
    }

    private static JsonObject sent(HttpRequest request) throws IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
            return answer.body().isEmpty() ? new JsonObject() : new JsonObject(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
