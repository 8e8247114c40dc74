package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.reader.CardReading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LocalApiTest {
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final DeskFixture desk = new DeskFixture();
    private Vertx vertx;
    private int port;

    @BeforeEach
    void open_the_desk() throws ExecutionException, InterruptedException, TimeoutException {
        vertx = Vertx.vertx();
        port = serve(desk);
    }

    @AfterEach
    void close_the_desk() throws ExecutionException, InterruptedException, TimeoutException {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void without_the_token_nothing_is_said() {
        HttpResponse<String> answer = new Browser(port)
                .sent(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/visits"))
                        .build());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("W03");
    }

    @Test
    void a_check_is_recorded_and_listed() {
        desk.reader.put(DeskFixture.CARD_A);

        JsonObject visit =
                post("/api/checks", 201, new JsonObject().put("method", "pin").put("pin", "1234"));

        assertThat(visit.getString("standing")).isEqualTo("WAITING");
        assertThat(visit.getString("kind")).isEqualTo("INITIAL");
        assertThat(visit.getString("due")).isEqualTo("2026-11-30");
        assertThat(visit.getBoolean("sent")).isFalse();
        assertThat(get("/api/visits?date=2026-11-20").getJsonArray("visits")).hasSize(1);
        assertThat(get("/api/visits?date=2026-11-19").getJsonArray("visits")).isEmpty();
    }

    @Test
    void a_wrong_pin_is_told_with_what_is_left() {
        desk.reader.put(DeskFixture.CARD_A);
        desk.reader.willEndWith(new CardReading.WrongPin(1));

        JsonObject error = post(
                        "/api/checks?lang=en",
                        409,
                        new JsonObject().put("method", "pin").put("pin", "1234"))
                .getJsonObject("error");

        assertThat(error.getString("code")).isEqualTo("P01");
        assertThat(error.getInteger("triesLeft")).isEqualTo(1);
        assertThat(error.getString("staff")).contains("The PIN is wrong");
    }

    @Test
    void a_confirmed_visit_carries_its_coverage() {
        desk.answerValid(desk.tap(DeskFixture.CARD_A).check(), "田中 一郎");
        desk.edge.send();

        JsonObject visit = get("/api/visits").getJsonArray("visits").getJsonObject(0);

        assertThat(visit.getString("standing")).isEqualTo("CONFIRMED");
        assertThat(visit.getString("by")).isEqualTo("CARD");
        assertThat(visit.getString("asOf")).isEqualTo("2026-11-20");
        assertThat(visit.getString("patientName")).isEqualTo("田中 一郎");
        assertThat(visit.getBoolean("sent")).isTrue();
        assertThat(visit.getJsonObject("coverage").getInteger("copayPercent")).isEqualTo(30);
        assertThat(visit.encode()).doesNotContainIgnoringCase("address");
    }

    @Test
    void deferral_attestation_document_join_and_withdrawal_can_be_asked_for() {
        JsonObject deferred = post("/api/visits/deferred", 201, new JsonObject().put("patientName", "山田 花子"));
        post(
                "/api/visits/oral",
                201,
                new JsonObject().put("patientName", "高橋 四郎").put("basis", "own_record"));
        post(
                "/api/visits/document",
                201,
                new JsonObject()
                        .put("patientName", "中村 五郎")
                        .put("document", "ELIGIBILITY_CERTIFICATE")
                        .put("reason", "NO_CARD"));
        desk.tap(DeskFixture.CARD_A);
        String card = desk.edge.checks().getLast().envelope().patient().toString();

        JsonObject joined =
                post("/api/joins", 201, new JsonObject().put("a", card).put("b", deferred.getString("patient")));
        post("/api/withdrawals", 201, new JsonObject().put("fact", joined.getString("fact")));

        assertThat(deferred.getString("standing")).isEqualTo("DEFERRED");
        assertThat(get("/api/visits").getJsonArray("visits")).hasSize(4);
    }

    @Test
    void what_was_recorded_is_told_although_a_revoked_device_hides_it() {
        desk.edge.hidden = true;

        JsonObject deferred = post("/api/visits/deferred", 201, new JsonObject().put("patientName", "山田 花子"));

        assertThat(deferred.getString("visit"))
                .isEqualTo(desk.edge.checks().getFirst().visit().toString());
        assertThat(deferred.getString("clinic")).isEqualTo("1380000016");
        assertThat(deferred.getString("patientName")).isNull();
    }

    @Test
    void refusals_name_code_field_and_remedy() {
        JsonObject error = post("/api/visits/deferred", 422, new JsonObject().put("patientName", "123456789012"))
                .getJsonObject("error");

        assertThat(error.getString("code")).isEqualTo("D03");
        assertThat(error.getString("field")).isEqualTo("patientName");
        assertThat(error.getString("supplier")).isNotBlank();
    }

    @Test
    void at_a_site_of_two_clinics_the_clinic_must_be_named()
            throws ExecutionException, InterruptedException, TimeoutException {
        DeskFixture site = new DeskFixture(
                List.of(
                        DeskFixture.clinic(DeskFixture.CLINIC, "みどり整骨院"),
                        DeskFixture.clinic(DeskFixture.OTHER_CLINIC, "みどり鍼灸院")),
                Runnable::run);
        port = serve(site);
        JsonObject body = new JsonObject().put("patientName", "山田 花子");

        assertThat(post("/api/visits/deferred", 422, body)
                        .getJsonObject("error")
                        .getString("code"))
                .isEqualTo("D05");
        body.put("clinic", "1390000029");
        assertThat(post("/api/visits/deferred", 201, body).getString("clinic")).isEqualTo("1390000029");
        body.put("clinic", "1310000000");
        assertThat(post("/api/visits/deferred", 422, body)
                        .getJsonObject("error")
                        .getString("code"))
                .isEqualTo("D04");
        assertThat(new Browser(port).open("/?clinic=1390000029").body()).contains("aria-current=\"true\">みどり鍼灸院");
        assertThat(new Browser(port).open("/deferred?clinic=1390000029").body()).contains("value=\"1390000029\"");
    }

    @Test
    void status_tells_reader_line_and_what_is_unsent() {
        desk.tap(DeskFixture.CARD_A);

        JsonObject status = get("/api/status");

        assertThat(status.getString("reader")).isEqualTo("CARD");
        assertThat(status.getString("line")).isEqualTo("connected");
        assertThat(status.getJsonObject("unsent").getLong("1380000016")).isEqualTo(1);
        assertThat(status.getJsonObject("tooLate")).isEmpty();
    }

    @Test
    void what_can_be_exported_is_told_with_what_to_do() {
        TreatmentMonth november = TreatmentMonth.of(2026, 11);
        desk.edge.exportable = new Exportable(
                new TreeMap<>(Map.of(november, 3)), new TreeMap<>(Map.of(november.previous(), 2)), new TreeMap<>());

        JsonObject report = get("/api/export?lang=en");

        assertThat(report.getJsonObject("records").getInteger("2026-11")).isEqualTo(3);
        assertThat(report.getJsonObject("tooLate").getInteger("2026-10")).isEqualTo(2);
        assertThat(report.getString("staff")).contains("3 unsent records", "hub import", "2 of 2026-10 are too late");
    }

    @Test
    void an_export_that_is_refused_says_what_to_do() {
        desk.edge.exportable =
                new Exportable(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(Map.of(TreatmentMonth.of(2026, 11), 3)));
        JsonObject error = post("/api/export", 409, new JsonObject()).getJsonObject("error");

        assertThat(error.getString("code")).isEqualTo("D35");
        assertThat(error.getString("staff")).contains("回線");
    }

    @Test
    void the_edge_can_be_asked_to_stop() {
        post("/api/stop", 202, new JsonObject());

        assertThat(stopped).succeedsWithin(10, TimeUnit.SECONDS);
    }

    private int serve(DeskFixture fixture) throws ExecutionException, InterruptedException, TimeoutException {
        return new DeskServer(
                        vertx,
                        fixture.reception,
                        new byte[32],
                        "token",
                        new Random(3),
                        () -> stopped.complete(null),
                        () -> Instant.EPOCH,
                        _ -> {},
                        DeskFixture.openDoor(),
                        null)
                .start(0)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private JsonObject get(String path) {
        HttpResponse<String> answer = new Browser(port).sent(request(path).GET().build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private JsonObject post(String path, int status, JsonObject body) {
        HttpResponse<String> answer = new Browser(port)
                .sent(request(path)
                        .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                        .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body().isEmpty() ? new JsonObject() : new JsonObject(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer token");
    }
}
