package jp.kakunin.edge.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.PatientId;
import jp.kakunin.edge.store.Facts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The API over a real port, for each test; each answer is compared with the document that is served.
abstract class OpenReceipt {
    private static final int IDLE_SECONDS_MAX = 120;

    static final String KEY = "kkn_right";

    final Clinic clinic = new Clinic(7);
    final PatientId patient = clinic.ids.patient();
    final OpenApi document = new OpenApi();
    final List<ReceiptKey> keys =
            new ArrayList<>(List.of(new ReceiptKey("program", Clinic.CODE, ReceiptKey.digestOf(KEY))));
    final ExecutorService thread = Executors.newSingleThreadExecutor();
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Vertx vertx;
    int port;
    String root;
    /// The server ended a connection.
    final CompletableFuture<Void> hungUp = new CompletableFuture<>();
    /// How many connections ended, whoever ended them.
    final Semaphore ended = new Semaphore(0);

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        ReceiptApi api = new ReceiptApi(
                vertx,
                List.of(Clinic.CODE),
                clinic,
                () -> List.copyOf(keys),
                Map.of(),
                clinic.ids,
                () -> clinic.now,
                thread);
        api.mount(router);
        api.start();
        // Little is kept by the operating system of what a client does not read.
        port = vertx.createHttpServer(
                        new HttpServerOptions().setSendBufferSize(8 * 1_024).setIdleTimeout(idleSecondsMax()))
                .requestHandler(router)
                .connectionHandler(connection -> connection.closeHandler(_ -> {
                    ended.release();
                    hungUp.complete(null);
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
        root = "http://127.0.0.1:" + port + "/receipt/v1";
    }

    int idleSecondsMax() {
        return IDLE_SECONDS_MAX;
    }

    @AfterEach
    void close() throws Exception {
        client.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        thread.shutdown();
    }

    long references() {
        return clinic.store.facts(Clinic.CODE, Facts.NOVEMBER).stream()
                .filter(Fact.ReferenceSet.class::isInstance)
                .count();
    }

    JsonArray found(String query) {
        return get("/visits", "/visits" + query).getJsonArray("visits");
    }

    /// Fails unless the answer is as the document says.
    JsonObject get(String documented, String path) {
        HttpResponse<String> answer = send(request(path));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(document.complaints("get", documented, answer)).isEmpty();
        return new JsonObject(answer.body());
    }

    String problem(int status, HttpRequest.Builder put) {
        return problem(status, "put", "/visits/{visit}/reference", put);
    }

    String problem(int status, String method, String documented, HttpRequest.Builder request) {
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(document.complaints(method, documented, answer)).isEmpty();
        return new JsonObject(answer.body()).getString("code");
    }

    HttpRequest.Builder put(String path, String body) {
        return request(path).PUT(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(root + path)).header("Authorization", "Bearer " + KEY);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
