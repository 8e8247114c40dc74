package jp.kakunin.edge.doctor;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import jp.kakunin.edge.activation.Tls;
import jp.kakunin.edge.identity.EdgeIdentity;

/// Goes the way to the hub step by step, and says at which one it ends.
final class HubProbe implements WayToHub {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int ANSWER_BYTES_MAX = 64 * 1024;
    private static final int HTTPS = 443;
    private static final String STATUS = "/v1/status";

    @Override
    public Reached go(EdgeIdentity identity) {
        URI hub = identity.hub();
        InetAddress address;
        try {
            address = InetAddress.getByName(hub.getHost());
        } catch (IOException _) {
            return isAnyNetworkUp()
                    ? new Reached.Broken(Part.DNS, "the name " + hub.getHost() + " is not found")
                    : new Reached.Broken(Part.LINE, "no network interface is up");
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port(hub)), Math.toIntExact(CONNECT.toMillis()));
        } catch (ConnectException e) {
            return new Reached.Broken(Part.HUB, "nobody listens at " + hub.getAuthority() + ": " + e.getMessage());
        } catch (IOException e) {
            return new Reached.Broken(Part.LINE, "no way to " + hub.getAuthority() + ": " + e.getMessage());
        }
        try {
            SSLContext tls = Tls.as(identity);
            shakeHands(tls, hub, address);
            return ask(tls, hub);
        } catch (GeneralSecurityException e) {
            return new Reached.Broken(Part.ACCOUNT, "the identity cannot be used: " + e.getMessage());
        } catch (IOException e) {
            return new Reached.Broken(Part.TLS, String.valueOf(e.getMessage()));
        }
    }

    /// Apart from the question, because whoever sits in the line may not even speak TLS.
    private static void shakeHands(SSLContext tls, URI hub, InetAddress address) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port(hub)), Math.toIntExact(CONNECT.toMillis()));
            socket.setSoTimeout(Math.toIntExact(ANSWER.toMillis()));
            try (var secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, hub.getHost(), port(hub), true)) {
                secure.startHandshake();
            }
        }
    }

    private static int port(URI hub) {
        return hub.getPort() < 0 ? HTTPS : hub.getPort();
    }

    private static Reached ask(SSLContext tls, URI hub) {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(tls)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build()) {
            HttpResponse<InputStream> response = client.send(
                    HttpRequest.newBuilder(hub.resolve(STATUS)).timeout(ANSWER).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                var body = new JsonObject(new String(in.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8));
                return new Reached.Hub(response.statusCode(), body);
            }
        } catch (SSLException e) {
            return new Reached.Broken(Part.TLS, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Reached.Broken(Part.HUB, "no answer: " + e);
        } catch (DecodeException _) {
            return new Reached.Broken(Part.HUB, "the answer is not that of a hub");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Reached.Broken(Part.HUB, "interrupted");
        }
    }

    private static boolean isAnyNetworkUp() {
        try {
            return NetworkInterface.networkInterfaces().anyMatch(HubProbe::isUp);
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean isUp(NetworkInterface each) {
        try {
            return each.isUp()
                    && !each.isLoopback()
                    && each.inetAddresses().findAny().isPresent();
        } catch (IOException _) {
            return false;
        }
    }
}
