package jp.kakunin.edge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jp.kakunin.edge.EdgeTestIdentity;
import jp.kakunin.edge.doctor.WayToHub.Reached;
import jp.kakunin.edge.exchange.TlsFiles;
import jp.kakunin.edge.identity.EdgeIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What clinics' networks put in the way of the doctor, on sockets of this machine.
final class HubProbeTest {
    private static final String LOGIN = "http://login.example/?from=hub";

    @TempDir
    private Path folder;

    private Path identity;
    private final Vertx vertx = Vertx.vertx();
    private int nobody;

    @BeforeEach
    void enrol() throws IOException {
        identity = folder.resolve("identity");
        EdgeTestIdentity.copyTo(identity);
        var authority = new TlsFiles(folder, "Authority");
        authority.issue("hub");
        Files.copy(
                authority.authorityCertificate(), identity.resolve("hub-ca.pem"), StandardCopyOption.REPLACE_EXISTING);
        new TlsFiles(folder, "Inspector").issue("inspected");
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void a_hub_is_reached_whatever_it_says() throws IOException {
        int hub = server("hub", 200, "", "{\"device\":\"ACTIVE\"}");

        assertThat(go("localhost", hub, nobody)).isInstanceOf(Reached.Hub.class);
    }

    @Test
    void a_hub_that_asks_to_come_later_is_overloaded_and_not_broken() throws IOException {
        int hub = server("hub", 503, "Retry-After: 120", "<html>maintenance</html>");

        assertThat(go("localhost", hub, nobody)).isInstanceOfSatisfying(Reached.Hub.class, reached -> {
            assertThat(reached.status()).isEqualTo(503);
            assertThat(reached.retryAfter()).isEqualTo("120");
        });
    }

    @Test
    void a_device_that_looks_into_traffic_is_told_from_a_certificate_that_does_not_fit() throws IOException {
        int inspected = server("inspected", 200, "", "{}");
        int hub = server("hub", 200, "", "{}");

        Reached stranger = go("localhost", inspected, nobody);
        assertThat(fault(stranger)).isEqualTo(Fault.OTHER_CERTIFICATE);
        assertThat(stranger.toString()).contains("CN=inspected", "CN=Inspector");
        assertThat(fault(go("127.0.0.1", hub, nobody)))
                .as("the hub's certificate, for another name")
                .isEqualTo(Fault.NO_SECURITY);
    }

    @Test
    void a_sign_in_page_is_told_from_a_proxy_and_both_from_a_hub_that_is_down() throws IOException {
        int login = server("", 302, "Location: " + LOGIN, "");
        int page = server("", 200, "", "<html>welcome</html>");
        int proxy = server("", 407, "Proxy-Authenticate: Basic", "");
        int passingProxy = server("", 502, "Via: 1.1 proxy", "");
        int webServer = server("", 301, "Location: https://127.0.0.1/", "");

        for (int inTheHubsPlace : new int[] {login, page}) {
            assertThat(fault(go("127.0.0.1", inTheHubsPlace, nobody))).isEqualTo(Fault.SIGN_IN_PAGE);
        }
        for (int inTheHubsPlace : new int[] {proxy, passingProxy}) {
            assertThat(fault(go("127.0.0.1", inTheHubsPlace, nobody))).isEqualTo(Fault.PROXY);
        }
        assertThat(fault(go("127.0.0.1", nobody, login))).isEqualTo(Fault.SIGN_IN_PAGE);
        assertThat(fault(go("127.0.0.1", nobody, proxy))).isEqualTo(Fault.PROXY);
        for (int plain : new int[] {nobody, page, webServer}) {
            assertThat(fault(go("127.0.0.1", nobody, plain)))
                    .as("the hub's own web server says nothing of the hub")
                    .isEqualTo(Fault.NO_ANSWER);
        }
    }

    @Test
    void whoever_hangs_up_on_secure_connections_is_told_by_what_he_shows_without() throws IOException {
        int login = server("", 302, "Location: " + LOGIN, "");
        try (var hangsUp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> hangUp(hangsUp));
            int port = hangsUp.getLocalPort();

            assertThat(fault(go("localhost", port, nobody))).isEqualTo(Fault.NO_SECURITY);
            assertThat(fault(go("localhost", port, login))).isEqualTo(Fault.SIGN_IN_PAGE);
            assertThat(fault(go("localhost", port, nobody, Map.of("https_proxy", "http://proxy.example:3128"))))
                    .isEqualTo(Fault.PROXY);
        }
    }

    @Test
    void a_name_that_is_not_found_needs_no_line() throws IOException {
        assertThat(fault(go("no-such-hub.invalid", 8443, nobody))).isIn(Fault.NAME_NOT_FOUND, Fault.NO_WAY);
    }

    private static void hangUp(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                server.accept().close();
            } catch (IOException _) {
                return;
            }
        }
    }

    private static Fault fault(Reached reached) {
        return reached instanceof Reached.Broken broken ? broken.fault() : Fault.NO_ANSWERS;
    }

    private Reached go(String host, int port, int plainPort) throws IOException {
        return go(host, port, plainPort, Map.of());
    }

    private Reached go(String host, int port, int plainPort, Map<String, String> environment) throws IOException {
        Path properties = identity.resolve("identity.properties");
        String text = Files.readString(properties).replaceAll("(?m)^hub=.*$", "hub=https://" + host + ":" + port);
        Files.writeString(properties, text);
        return new HubProbe(plainPort, environment).go(EdgeIdentity.read(identity));
    }

    /// @param certificate without one it speaks no TLS
    private int server(String certificate, int status, String header, String body) {
        var options = new HttpServerOptions();
        if (!certificate.isEmpty()) {
            options.setSsl(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addKeyPath(folder.resolve(certificate + "-key.pem").toString())
                            .addCertPath(
                                    folder.resolve(certificate + "-cert.pem").toString()));
        }
        return vertx.createHttpServer(options)
                .requestHandler(request -> {
                    request.response().setStatusCode(status);
                    if (!header.isEmpty()) {
                        String[] parts = header.split(": ", 2);
                        request.response().putHeader(parts[0], parts[1]);
                    }
                    request.response().end(body);
                })
                .listen(0, "localhost")
                .await()
                .actualPort();
    }
}
