package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.edge.EdgeTestIdentity;
import jp.kakunin.edge.activation.Activator;
import jp.kakunin.edge.door.LanAddress;
import jp.kakunin.edge.door.LanCertificate;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.exchange.HubCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The activation pages over a real port, before an office that answers when it is told to.
final class ActivationServerTest {
    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final Promise<Void> think = Promise.promise();
    private final CompletableFuture<DeviceId> forgotten = new CompletableFuture<>();
    private final CompletableFuture<Void> activated = new CompletableFuture<>();
    private LanCertificate office;
    private EdgeIdentity before;
    private int officePort;
    private int port;

    @BeforeEach
    void start() throws Exception {
        EdgeTestIdentity.copyTo(folder);
        before = EdgeIdentity.read(folder);
        office = LanCertificate.openOrMake(folder.resolve("office"), LanAddress.parse("127.0.0.1"), new SecureRandom());
        officePort = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addKeyValue(Buffer.buffer(office.keyPem()))
                                .addCertValue(Buffer.buffer(office.pem()))))
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
        ActivationServer server = new ActivationServer(
                vertx,
                new Activator(
                        folder,
                        InstantSource.system(),
                        new SecureRandom(),
                        () -> forgotten.complete(EdgeIdentity.read(folder).device())),
                new byte[32],
                "token",
                new Random(3),
                () -> {},
                () -> activated.complete(null),
                true);
        port = server.start(0).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void answer(HttpServerRequest request) {
        if (request.method().name().equals("GET")) {
            request.response()
                    .end(new JsonObject()
                            .put("authorities", office.pem())
                            .put("terms", Map.of("version", "1", "ja", "第1条", "en", "1."))
                            .encode());
            return;
        }
        asked.complete(null);
        think.future()
                .onSuccess(_ -> request.response()
                        .end(new JsonObject()
                                .put("device", "00000000-0000-4000-8000-000000000002")
                                .put("hub", "https://localhost:1")
                                .put(
                                        "evidenceKey",
                                        Base64.getEncoder()
                                                .encodeToString(
                                                        before.authorityKey().getEncoded()))
                                .put("certificate", office.pem())
                                .put(
                                        "clinics",
                                        new JsonArray(List.of(Map.of(
                                                "code",
                                                "1380000016",
                                                "name",
                                                "みどり整骨院",
                                                "patientKey",
                                                "00".repeat(32)))))
                                .encode()));
    }

    /// Who waits long for a page loads it again.
    @Test
    void a_page_that_was_given_up_while_the_hub_thinks_ends_in_the_desk_all_the_same() throws Exception {
        Browser browser = new Browser(port);
        browser.open("/activate");
        assertThat(browser.send(
                                "/activate/hub",
                                Map.of(
                                        "hub",
                                        "127.0.0.1:" + officePort,
                                        "check",
                                        HubCheck.of(office.certificate().getEncoded())
                                                .toString()))
                        .body())
                .contains("name=\"terms\"");

        sendAndHangUp(browser.hiddenFields("/activate", "csrf").getOrDefault("csrf", ""), browser.cookies());
        // What comes after it is answered after it was noticed.
        assertThat(browser.open("/activate").body()).contains("name=\"terms\"");
        think.complete();

        assertThat(activated).succeedsWithin(30, TimeUnit.SECONDS);
        assertThat(EdgeIdentity.read(folder).device()).isNotEqualTo(before.device());
        assertThat(forgotten).as("while the device before was in force").isCompletedWithValue(before.device());
    }

    private void sendAndHangUp(String csrf, String cookies) throws Exception {
        String body = "csrf=" + csrf + "&terms=1&institutionCode=1380000016&id=W1234567&password=x&code=1234-5678-9012";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("POST /activate HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nCookie: " + cookies
                                    + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            asked.get(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
