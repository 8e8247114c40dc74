package jp.kakunin.load.bench;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.edge.Edge;
import jp.kakunin.edge.EdgeConfig;
import jp.kakunin.edge.EdgeTestIdentity;
import jp.kakunin.edge.ReceiptFolders;
import jp.kakunin.edge.ReceiptKeyFile;
import jp.kakunin.edge.World;
import jp.kakunin.edge.desk.OutageLimits;
import jp.kakunin.edge.desk.Timers;
import jp.kakunin.edge.door.DoorOptions;
import jp.kakunin.edge.exchange.HubLink;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.edge.store.Durability;
import jp.kakunin.load.up.LocalApi;
import jp.kakunin.load.up.RunFile;

/// The days of a clinic in front of one edge that is never switched off: the whole node with its store, pages, feeds
/// and
/// forgetting, on time that passes when told.
final class LongLife implements AutoCloseable {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final InstitutionCode CLINIC = new InstitutionCode("1380000016");
    private static final int PATIENTS = 120;
    private static final int PAGES_OPEN = 3;
    private static final int DAYS_PER_OUTAGE = 3;
    private static final LocalTime OPENS = LocalTime.of(8, 0);
    private static final LocalTime CLOSES = LocalTime.of(19, 0);
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    /// Longer than this a hub that holds a wait counts as gone.
    private static final Duration STEP = Duration.ofSeconds(50);

    private final Path data;
    private final int visitsPerDay;
    private final Random random = new Random(20_270_624);
    private final SteppedTime time;
    private final PlayedHub hub;
    private final Edge edge;
    private final LocalApi api;
    private final URI desk;
    private final String receiptKey;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();
    private LocalDate date;
    private String cursor = "";
    private long taps;

    /// @param line what stands between edge and hub
    LongLife(Path data, LocalDate first, int visitsPerDay, UnaryOperator<HubLink> line) throws Exception {
        this.data = data;
        this.date = first;
        this.visitsPerDay = visitsPerDay;
        time = new SteppedTime(first.atTime(OPENS).atZone(JAPAN).toInstant());
        hub = new PlayedHub(time, 7);
        EdgeTestIdentity.copyTo(data.resolve("edge/identity"));
        Path cards = data.resolve("cards");
        BenchCards.write(cards, data.resolve("registry.csv"), PATIENTS, time.instant(), new SecureRandom());
        var config = new EdgeConfig(
                data, 0, 10, OutageLimits.DEFAULT, ReceiptFolders.NONE, DoorOptions.DEFAULT, Durability.UNSAFE_NO_SYNC);
        receiptKey = new ReceiptKeyFile(config.receiptKeys()).add("receipt1", CLINIC);
        HubLink toHub = line.apply(hub);
        edge = new Edge(
                config,
                new World(
                        time,
                        time::uptime,
                        random,
                        new SecureRandom(),
                        InstantReader.of(cards, 0),
                        new World.Surroundings() {
                            @Override
                            public HubLink lineToHub(Vertx vertx, EdgeIdentity identity) {
                                return toHub;
                            }

                            @Override
                            public Timers timers(Vertx vertx) {
                                return time;
                            }
                        }));
        desk = edge.start();
        RunFile run = RunFile.ofRunning(config.runFile()).orElseThrow();
        api = new LocalApi(run.text("desk"), run.text("token"));
        while (!hub.isKnown()) {
            Thread.onSpinWait();
        }
    }

    LocalDate date() {
        return date;
    }

    /// Cards that were tapped so far.
    long taps() {
        return taps;
    }

    /// Those of them the edge heard an answer to.
    long checksAnswered() throws InterruptedException {
        pass(Duration.ofMinutes(10));
        return hub.checks();
    }

    List<String> monthsOpen() throws Exception {
        JsonObject status = new JsonObject(send(HttpRequest.newBuilder(desk.resolve("/receipt/v1/status"))
                .header("Authorization", "Bearer " + receiptKey)));
        return status.getJsonArray("months").stream().map(String::valueOf).toList();
    }

    /// When nothing is left to be done: the answers of a hub that is faster than the edge would be counted as kept.
    Census census() throws Exception {
        long answers;
        do {
            answers = hub.answers();
            // Goes through the edge's loop, behind all the hub has said until now.
            api.get("/api/visits?open=true");
        } while (hub.answers() != answers);
        return Census.take(data.resolve("edge"));
    }

    /// From one opening to the next.
    void day() throws Exception {
        boolean isOutage = date.toEpochDay() % DAYS_PER_OUTAGE == 0;
        Duration between = Duration.between(OPENS, CLOSES).dividedBy(visitsPerDay);
        List<Socket> pages = new ArrayList<>();
        for (int i = 0; i < PAGES_OPEN; i++) {
            pages.add(openPage());
        }
        for (int visit = 0; visit < visitsPerDay; visit++) {
            if (isOutage && visit == visitsPerDay / 4) {
                hub.cut();
            }
            if (visit == visitsPerDay / 2) {
                hub.mend();
            }
            visit(visit);
            pass(between);
        }
        for (Socket page : pages) {
            page.close();
        }
        LocalDate tomorrow = date.plusDays(1);
        pass(Duration.between(time.instant(), tomorrow.atTime(OPENS).atZone(JAPAN)));
        date = tomorrow;
    }

    private void pass(Duration length) throws InterruptedException {
        for (Duration left = length; left.isPositive(); left = left.minus(STEP)) {
            time.pass(left.compareTo(STEP) < 0 ? left : STEP);
            long looks = time.looks();
            hub.wake();
            time.awaitLooks(looks + 2);
        }
    }

    private void visit(int number) throws Exception {
        switch (number % 10) {
            case 3 -> api.post("/api/visits/deferred", new JsonObject().put("patientName", "見本 " + date + number));
            case 6 ->
                api.post(
                        "/api/visits/oral",
                        new JsonObject()
                                .put("patientName", "再来 " + date + number)
                                .put("basis", "own_record"));
            default -> {
                JsonObject tap = api.post("/api/checks", new JsonObject().put("method", "visual"));
                taps++;
                if (number % 10 == 7) {
                    api.get("/api/visits?open=true");
                    page("/visit?id=" + tap.getString("visit"));
                }
            }
        }
        page("/");
        if (number % 4 == 0) {
            lookUp();
        }
        poll();
    }

    private void lookUp() throws Exception {
        Matcher token = FORM_TOKEN.matcher(page("/history"));
        if (!token.find()) {
            throw new AssertionError("the page of the history has no form");
        }
        String form = "csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8) + "&name=%E8%A9%A6%E9%A8%93";
        send(HttpRequest.newBuilder(desk.resolve("/history"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", desk.toString().replaceAll("/$", ""))
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /// A receipt computer takes what is new.
    private void poll() throws Exception {
        String after = cursor.isEmpty() ? "" : "?after=" + cursor;
        JsonObject changes = new JsonObject(send(HttpRequest.newBuilder(desk.resolve("/receipt/v1/changes" + after))
                .header("Authorization", "Bearer " + receiptKey)));
        cursor = changes.getString("next", cursor);
        JsonArray all = changes.getJsonArray("changes", new JsonArray());
        if (!all.isEmpty()) {
            String visit = all.getJsonObject(all.size() - 1).getString("visit");
            send(HttpRequest.newBuilder(desk.resolve("/receipt/v1/visits/" + visit))
                    .header("Authorization", "Bearer " + receiptKey)
                    .header("Accept", "application/xml"));
        }
    }

    private String page(String path) throws Exception {
        return send(HttpRequest.newBuilder(desk.resolve(path)));
    }

    private String send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.uri() + " " + answer.body());
        }
        return answer.body();
    }

    /// As a browser listens to what changes.
    private Socket openPage() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), desk.getPort());
        socket.getOutputStream()
                .write(("GET /events HTTP/1.1\r\nHost: " + desk.getAuthority() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        if (socket.getInputStream().read() < 0) {
            throw new IOException("the desk closes the stream of events");
        }
        return socket;
    }

    @Override
    public void close() {
        edge.stop();
        api.close();
        http.close();
    }
}
