package jp.kakunin.edge.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.VisitKind;
import org.junit.jupiter.api.Test;

final class ReceiptApiTest extends OpenReceipt {
    @Test
    void a_confirmed_visit_has_all_that_a_claim_form_asks_for() {
        Fact.CheckRecorded check = clinic.confirmed(patient);

        JsonObject visit = get("/visits/{visit}", "/visits/" + check.visit());

        assertThat(visit.getString("standing")).isEqualTo("CONFIRMED");
        assertThat(visit.getBoolean("claimable")).isTrue();
        assertThat(visit.getJsonObject("address"))
                .isEqualTo(new JsonObject().put("postNumber", "100-0000").put("address", "見本県見本市一丁目"));
        assertThat(visit.getJsonObject("coverage").getString("insurerName")).isEqualTo("見本組合");
        assertThat(visit.getJsonObject("coverage").getString("relation")).isEqualTo("FAMILY");
        assertThat(visit.getJsonObject("patient").getString("birthDate")).isEqualTo("1985-04-12");
        assertThat(visit.getJsonObject("answer").getString("proofNumber")).isNotEmpty();
    }

    @Test
    void visits_are_found_by_month_day_patient_and_standing_and_come_in_pages() {
        clinic.confirmed(patient);
        clinic.card(clinic.ids.patient());
        clinic.check(
                clinic.ids.patient(),
                Clinic.DAY.minusDays(1),
                VisitKind.INITIAL,
                new Evidence.None(Evidence.Reason.NO_CARD));

        assertThat(found("")).hasSize(3);
        assertThat(found("?month=2026-11")).hasSize(3);
        assertThat(found("?month=2026-10")).isEmpty();
        assertThat(found("?date=2026-11-19")).hasSize(1);
        assertThat(found("?patient=" + patient)).hasSize(1);
        assertThat(found("?standing=WAITING&date=2026-11-20")).hasSize(1);
        JsonObject first = get("/visits", "/visits?limit=2");
        assertThat(first.getJsonArray("visits")).hasSize(2);
        assertThat(found("?limit=2&after=" + first.getString("next"))).hasSize(1);
    }

    @Test
    void what_has_not_changed_is_not_sent_again() {
        Fact.CheckRecorded check = clinic.confirmed(patient);
        for (String path : List.of("/visits/" + check.visit(), "/visits")) {
            HttpResponse<String> first = send(request(path));
            String etag = first.headers().firstValue("ETag").orElseThrow();
            assertThat(send(request(path).header("If-None-Match", "\"x\", " + etag))
                            .statusCode())
                    .isEqualTo(304);
        }
        String etag = send(request("/visits/" + check.visit()))
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        clinic.contest(check);
        HttpResponse<String> after = send(request("/visits/" + check.visit()).header("If-None-Match", etag));
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(after.body()).contains("CONTESTED");
    }

    @Test
    void a_visit_that_turns_contested_after_it_was_fetched_comes_again() {
        Fact.CheckRecorded check = clinic.confirmed(patient);
        JsonObject first = get("/changes", "/changes");
        assertThat(first.getJsonArray("changes")).hasSize(1);
        String next = first.getString("next");
        assertThat(get("/changes", "/changes?after=" + next).getJsonArray("changes"))
                .isEmpty();

        CompletableFuture<HttpResponse<String>> waiting = client.sendAsync(
                request("/changes?wait=60&after=" + next).build(), HttpResponse.BodyHandlers.ofString());
        clinic.contest(check);
        HttpResponse<String> answer = waiting.join();

        assertThat(document.complaints("get", "/changes", answer)).isEmpty();
        JsonObject change =
                new JsonObject(answer.body()).getJsonArray("changes").getJsonObject(0);
        assertThat(change.getString("visit")).isEqualTo(check.visit().toString());
        assertThat(change.getJsonObject("content").getString("standing")).isEqualTo("CONTESTED");
        assertThat(change.getJsonObject("content").getJsonObject("answer").getString("outcome"))
                .isEqualTo("NOT_FOUND");
        assertThat(change.getJsonObject("content").getJsonObject("address")).isNotNull();
    }

    @Test
    void who_waits_in_vain_gets_an_empty_page_in_time() {
        JsonObject page = get("/changes", "/changes?wait=1");

        assertThat(page.getJsonArray("changes")).isEmpty();
        assertThat(get("/changes", "/changes?after=" + page.getString("next")).getBoolean("more"))
                .isFalse();
    }

    @Test
    void a_stream_goes_on_behind_the_last_event() throws Exception {
        Fact.CheckRecorded check = clinic.confirmed(patient);
        String next = get("/changes", "/changes").getString("next");
        HttpResponse<Stream<String>> stream = client.send(
                request("/events").header("Last-Event-ID", next).build(), HttpResponse.BodyHandlers.ofLines());
        assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream; charset=utf-8");
        clinic.contest(check);

        Iterator<String> lines = stream.body().iterator();
        String data = "";
        while (!data.startsWith("data:")) {
            data = lines.next();
        }

        assertThat(data).contains("CONTESTED", check.visit().toString());
    }

    @Test
    void the_sequence_survives_a_crash_and_another_sequence_says_so() {
        clinic.confirmed(patient);
        String next = get("/changes", "/changes").getString("next");
        clinic.crash();
        clinic.changed();
        assertThat(get("/changes", "/changes?after=" + next).getJsonArray("changes"))
                .isEmpty();

        clinic.store.reopen(Clinic.CODE, clinic.ids.epoch());
        clinic.changed();

        assertThat(problem(410, "get", "/changes", request("/changes?after=" + next)))
                .isEqualTo("CHANGES_RESET");
        assertThat(problem(410, "get", "/changes", request("/changes?after=00000000-1")))
                .isEqualTo("CHANGES_RESET");
        assertThat(get("/changes", "/changes").getJsonArray("changes")).hasSize(1);
    }

    @Test
    void a_reference_is_set_once_however_often_it_is_sent() {
        Fact.CheckRecorded check = clinic.confirmed(patient);
        String path = "/visits/" + check.visit() + "/reference";
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = send(put(path, "{\"reference\":\"A-42\"}"));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(document.complaints("put", "/visits/{visit}/reference", answer))
                    .isEmpty();
            assertThat(new JsonObject(answer.body()).getJsonObject("patient").getString("reference"))
                    .isEqualTo("A-42");
        }
        assertThat(references()).isEqualTo(1);
        assertThat(problem(422, put(path, "{\"reference\":\"\"}"))).isEqualTo("REFERENCE_INVALID");
        assertThat(problem(422, put(path, "[1]"))).isEqualTo("REFERENCE_INVALID");
        assertThat(problem(422, put(path, "{\"reference\":\"1234-5678-9012\"}")))
                .isEqualTo("REFERENCE_LOOKS_LIKE_MY_NUMBER");
        assertThat(problem(413, put(path, "x".repeat(1_025)))).isEqualTo("BODY_TOO_LARGE");
        assertThat(references()).isEqualTo(1);
    }

    @Test
    void a_visit_reads_as_xml_in_both_charsets() throws Exception {
        Fact.CheckRecorded check = clinic.confirmed(patient);
        for (String accept :
                List.of("application/xml; charset=windows-31j", "text/plain, application/xml;charset=utf-8")) {
            HttpResponse<byte[]> answer = client.send(
                    request("/visits/" + check.visit()).header("Accept", accept).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            String charset = accept.contains("31j") ? "windows-31j" : "utf-8";
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/xml; charset=" + charset);
            assertThat(answer.headers().firstValue("Kakunin-Replaced-Letters")).contains("0");
            assertThat(new String(answer.body(), Charset.forName(charset))).contains("<Name>髙橋　花子</Name>");
        }
        assertThat(problem(
                        406,
                        "get",
                        "/visits/{visit}",
                        request("/visits/" + check.visit()).header("Accept", "text/html")))
                .isEqualTo("NOT_ACCEPTABLE");
        assertThat(problem(
                        406,
                        "get",
                        "/visits/{visit}",
                        request("/visits/" + check.visit() + "?charset=euc-jp").header("Accept", "text/xml")))
                .isEqualTo("NOT_ACCEPTABLE");
    }

    @Test
    void the_document_is_served_and_names_every_problem() throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(root + "/openapi.json")).build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(new JsonObject(answer.body())).isEqualTo(document.document());
        JsonArray codes = document.document()
                .getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject("Problem")
                .getJsonObject("properties")
                .getJsonObject("code")
                .getJsonArray("enum");
        assertThat(codes.stream().map(Object::toString).toList())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ReceiptProblem.values()).map(Enum::name).toList());
    }

    @Test
    void a_reference_is_carried_into_the_month_the_patient_is_seen_in_next() {
        Fact.CheckRecorded october = clinic.check(
                patient, LocalDate.of(2026, 10, 28), VisitKind.INITIAL, new Evidence.None(Evidence.Reason.NO_CARD));
        assertThat(send(put("/visits/" + october.visit() + "/reference", "{\"reference\":\"A-42\"}"))
                        .statusCode())
                .isEqualTo(200);
        Fact.CheckRecorded november = clinic.card(patient);
        clinic.answer(november, new Answer.Several());
        get("/changes", "/changes");
        clinic.now = Instant.parse("2026-11-30T15:00:00Z");
        clinic.changed();

        JsonObject visit = get("/visits/{visit}", "/visits/" + november.visit());

        assertThat(visit.getJsonObject("patient").getString("reference")).isEqualTo("A-42");
        assertThat(problem(404, "get", "/visits/{visit}", request("/visits/" + october.visit())))
                .isEqualTo("VISIT_UNKNOWN");
    }
}
