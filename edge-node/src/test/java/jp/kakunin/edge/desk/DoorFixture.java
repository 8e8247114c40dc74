package jp.kakunin.edge.desk;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import jp.kakunin.edge.door.Door;
import jp.kakunin.edge.door.Lan;
import jp.kakunin.edge.door.LanAddress;
import jp.kakunin.edge.door.LanCertificate;
import jp.kakunin.edge.door.Tablets;

/// A desk with both doors on real ports, one patient in its book, and requests written by hand: what a browser would
/// not send is sent as well.
final class DoorFixture {
    static final String NAME = "田中 一郎";
    static final String CLINIC_NAME = "みどり整骨院";
    static final String PASSCODE = "1234";
    static final String LAN_HOST = "127.0.0.2";
    static final Duration LOCK_AFTER = Duration.ofMinutes(10);

    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]+)\"");
    private static final int ANSWER_MILLIS_MAX = 10_000;

    final DeskFixture desk = new DeskFixture();
    final Door door;
    final Tablets tablets;
    final LanCertificate certificate;
    final DeskServer server;
    final int port;
    final int lanPort;
    final String visit;
    volatile Instant now = DeskFixture.MORNING;
    private final Vertx vertx = Vertx.vertx();
    private final Lan lan;
    private final SSLSocketFactory tls;

    /// How often the door has asked for the time, as it does for each request.
    final AtomicInteger asked = new AtomicInteger();

    DoorFixture(Path folder) throws Exception {
        lanPort = freeLanPort();
        door = new Door(
                folder,
                LOCK_AFTER,
                () -> {
                    asked.incrementAndGet();
                    return now;
                },
                new Random(4));
        tablets = new Tablets(folder, () -> now, new Random(8));
        LanAddress address = LanAddress.parse(LAN_HOST + ":" + lanPort);
        certificate = LanCertificate.openOrMake(folder.resolve("lan"), address, new SecureRandom());
        tls = tls(certificate);
        lan = new Lan(address, certificate, tablets);
        server = new DeskServer(
                vertx,
                desk.reception,
                new byte[32],
                "token",
                new Random(3),
                () -> {},
                () -> Instant.EPOCH,
                DoorFixture::personal,
                door,
                lan);
        port = server.start(0).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        desk.answerValid(tap.check(), NAME);
        visit = tap.visit().toString();
    }

    /// What the receipt computer's API does, here without its key.
    private static void personal(Router router) {
        router.get("/receipt/v1/visits/:visit")
                .handler(context -> context.response().end(NAME));
    }

    /// One request of a route, as a way through it.
    record Way(String method, String path) {}

    /// Every route there is, so that none can be forgotten; those for whatever path with one nobody has.
    List<Way> ways(boolean onLan) {
        Router router = onLan ? server.lanRouter(lan) : server.router();
        List<Way> ways = new ArrayList<>();
        for (Route route : router.getRoutes()) {
            String path = route.getPath() == null ? "/nobody-has-this" : route.getPath();
            String concrete = path.replace(":visit", visit).replace("*", "x");
            if (path.equals("/visit")) {
                concrete = "/visit?id=" + visit;
            }
            if (route.methods() == null) {
                ways.add(new Way("GET", concrete));
                ways.add(new Way("POST", concrete));
            } else {
                String shown = concrete;
                route.methods().forEach(method -> ways.add(new Way(method.name(), shown)));
            }
        }
        return ways;
    }

    /// One client on one of the two doors.
    final class Client {
        private final boolean onLan;
        String cookies = "";
        String csrf = "0".repeat(64);

        Client(boolean onLan) {
            this.onLan = onLan;
        }

        String host() {
            return onLan ? LAN_HOST + ":" + lanPort : "127.0.0.1:" + port;
        }

        String origin() {
            return (onLan ? "https://" : "http://") + host();
        }

        Answer get(String path) throws Exception {
            return send("GET", path, "", "");
        }

        Answer post(String path, String body) throws Exception {
            String all = "csrf=" + csrf + (body.isEmpty() ? "" : "&" + body);
            return send(
                    "POST",
                    path,
                    "Content-Type: application/x-www-form-urlencoded\r\nOrigin: " + origin() + "\r\n",
                    all);
        }

        Answer send(String method, String path, String headers, String body) throws Exception {
            return sendAs(host(), method, path, headers, body);
        }

        /// What came within a moment, for answers that have no end.
        Answer sendAs(String host, String method, String path, String headers, String body) throws Exception {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + headers
                    + (cookies.isEmpty() ? "" : "Cookie: " + cookies + "\r\n")
                    + (method.equals("GET") ? "" : "Content-Length: " + bytes.length + "\r\n") + "\r\n";
            try (Socket socket = connect()) {
                socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
                StringBuilder text = new StringBuilder();
                byte[] part = new byte[8192];
                int count = socket.getInputStream().read(part);
                while (count > 0) {
                    text.append(new String(part, 0, count, StandardCharsets.ISO_8859_1));
                    boolean endless = text.indexOf("text/event-stream") >= 0 && text.indexOf("data:") >= 0;
                    count = endless ? -1 : socket.getInputStream().read(part);
                }
                return keep(new Answer(
                        new String(text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)));
            }
        }

        Socket connect() throws Exception {
            Socket socket =
                    onLan ? tls.createSocket(LAN_HOST, lanPort) : new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(ANSWER_MILLIS_MAX);
            return socket;
        }

        private Answer keep(Answer answer) {
            for (String set : answer.cookies()) {
                String pair = set.split(";")[0];
                String name = pair.split("=")[0];
                List<String> kept = new ArrayList<>(List.of(cookies.split("; ")));
                kept.removeIf(each -> each.isEmpty() || each.startsWith(name + "="));
                kept.add(pair);
                cookies = String.join("; ", kept);
            }
            Matcher token = CSRF.matcher(answer.text());
            if (token.find()) {
                csrf = token.group(1);
            }
            return answer;
        }

        /// On a tablet that is not paired yet.
        Client pair(String name) throws Exception {
            tablets.begin(name);
            get("/pair");
            post("/pair", "code=" + tablets.code());
            return this;
        }

        Client unlock() throws Exception {
            get("/");
            post("/unlock", "passcode=" + PASSCODE);
            return this;
        }
    }

    /// A whole answer, as it came.
    record Answer(String text) {
        int status() {
            return Integer.parseInt(text.split(" ", 3)[1]);
        }

        String header(String name) {
            return text.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        List<String> cookies() {
            return text.lines()
                    .takeWhile(line -> !line.isEmpty())
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("set-cookie:"))
                    .map(line -> line.substring("set-cookie:".length()).strip())
                    .toList();
        }
    }

    private static SSLSocketFactory tls(LanCertificate trusted) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("desk", trusted.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    SSLSocket socket(String... protocols) throws Exception {
        SSLSocket socket = (SSLSocket) tls.createSocket(LAN_HOST, lanPort);
        socket.setSoTimeout(ANSWER_MILLIS_MAX);
        socket.setEnabledProtocols(protocols);
        return socket;
    }

    private static int freeLanPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LAN_HOST))) {
            return socket.getLocalPort();
        }
    }

    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
