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
import java.util.List;
import java.util.Map;
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
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final String STATUS = "/v1/status";
    private static final List<String> PROXIES = List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");

    private final int plainPort;
    private final Map<String, String> environment;

    HubProbe() {
        this(HTTP, System.getenv());
    }

    /// @param plainPort where a network that wants a sign-in answers in the hub's place
    HubProbe(int plainPort, Map<String, String> environment) {
        this.plainPort = plainPort;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Reached go(EdgeIdentity identity) {
        URI hub = identity.hub();
        InetAddress address;
        try {
            address = InetAddress.getByName(hub.getHost());
        } catch (IOException _) {
            return isAnyNetworkUp()
                    ? new Reached.Broken(Fault.NAME_NOT_FOUND, "the name " + hub.getHost() + " is not found")
                    : new Reached.Broken(Fault.NO_WAY, "no network interface is up");
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port(hub)), Math.toIntExact(CONNECT.toMillis()));
        } catch (ConnectException e) {
            Reached closed = new Reached.Broken(
                    Fault.NO_ANSWER, "nobody listens at " + hub.getAuthority() + ": " + e.getMessage());
            return plain(hub, address, closed);
        } catch (IOException e) {
            return blocked(
                    hub,
                    address,
                    new Reached.Broken(Fault.NO_WAY, "no way to " + hub.getAuthority() + ": " + e.getMessage()));
        }
        return secure(identity, hub, address);
    }

    private Reached secure(EdgeIdentity identity, URI hub, InetAddress address) {
        SSLContext tls;
        Witness witness;
        try {
            witness = new Witness(identity);
            tls = Tls.as(identity, witness);
        } catch (GeneralSecurityException | IOException e) {
            return new Reached.Broken(Fault.IDENTITY, "the identity cannot be used: " + e.getMessage());
        }
        try {
            shakeHands(tls, hub, address);
        } catch (IOException e) {
            String stranger = witness.stranger();
            Reached insecure = new Reached.Broken(Fault.NO_SECURITY, String.valueOf(e.getMessage()));
            return stranger.isEmpty()
                    ? PlainHttp.ask(address, port(hub))
                            .map(answer -> answer.inTheHubsPlace(hub.getHost(), insecure))
                            .orElseGet(() -> blocked(hub, address, insecure))
                    : new Reached.Broken(Fault.OTHER_CERTIFICATE, stranger);
        }
        return ask(tls, hub);
    }

    /// Nothing gets through: a network that wants a sign-in shows its page on the plain port; or there is a
    /// proxy.
    private Reached blocked(URI hub, InetAddress address, Reached otherwise) {
        String proxy = PROXIES.stream()
                .filter(environment::containsKey)
                .findFirst()
                .map(name -> name + " is set, but the edge goes to the hub directly")
                .orElse("");
        return proxy.isEmpty() ? plain(hub, address, otherwise) : new Reached.Broken(Fault.PROXY, proxy);
    }

    private Reached plain(URI hub, InetAddress address, Reached otherwise) {
        return PlainHttp.ask(address, plainPort)
                .map(answer -> answer.inTheWay(hub.getHost(), otherwise))
                .orElse(otherwise);
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
                String text = new String(in.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8);
                return answered(
                        response.statusCode(),
                        text,
                        response.headers().firstValue("Retry-After").orElse(""));
            }
        } catch (SSLException e) {
            return new Reached.Broken(Fault.NO_SECURITY, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Reached.Broken(Fault.NO_ANSWER, "no answer: " + e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Reached.Broken(Fault.NO_ANSWER, "interrupted");
        }
    }

    private static Reached answered(int status, String text, String retryAfter) {
        try {
            return new Reached.Hub(status, new JsonObject(text), retryAfter);
        } catch (DecodeException _) {
            // What stands before a hub writes its own pages for what is wrong.
            return status / 100 == 2
                    ? new Reached.Broken(Fault.NO_ANSWER, "the answer is not that of a hub")
                    : new Reached.Hub(status, new JsonObject(), retryAfter);
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
