package jp.kakunin.edge.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.Fact;
import jp.kakunin.edge.store.Facts;
import jp.kakunin.exchange.Reply.Policy;
import jp.kakunin.outbox.LastHeard;
import org.junit.jupiter.api.Test;

/// Who is let in, how often, and what is refused.
final class ReceiptAccessTest extends OpenReceipt {
    @Test
    void without_the_right_key_nothing_is_said() {
        clinic.confirmed(patient);
        HttpRequest.Builder none = HttpRequest.newBuilder(URI.create(root + "/visits"));
        HttpResponse<String> refused = send(none);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        HttpResponse<String> wrong =
                send(HttpRequest.newBuilder(URI.create(root + "/visits")).header("Authorization", "Bearer kkn_wrong"));
        assertThat(wrong.body()).isEqualTo(refused.body()).doesNotContain("program", Clinic.CODE.digits());
        for (int i = 2; i < Gate.WRONG_KEYS_AT_ONCE_MAX; i++) {
            assertThat(send(none).statusCode()).isEqualTo(401);
        }
        HttpResponse<String> slow = send(none);
        assertThat(slow.statusCode()).isEqualTo(429);
        assertThat(slow.headers().firstValue("Retry-After")).contains("6");
        assertThat(send(request("/visits")).statusCode()).isEqualTo(200);
        keys.clear();
        assertThat(problem(429, "get", "/visits", request("/visits"))).isEqualTo("TOO_MANY_WRONG_KEYS");
    }

    @Test
    void P8_a_key_has_its_pace_and_its_number_of_waiting_requests() {
        String next = get("/changes", "/changes").getString("next");
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i <= Waiting.WAITING_PER_KEY_MAX; i++) {
            waiting.add(client.sendAsync(
                    request("/changes?wait=60&after=" + next).build(), HttpResponse.BodyHandlers.ofString()));
        }
        // Whichever came last is one too many; when it is told so, the others wait.
        CompletableFuture.anyOf(waiting.toArray(CompletableFuture[]::new)).join();
        clinic.confirmed(patient);
        assertThat(waiting.stream()
                        .map(each -> each.join().statusCode())
                        .sorted()
                        .toList())
                .containsExactly(200, 200, 200, 200, 429);

        int refused = 0;
        for (int i = 0; i < 2 * Gate.REQUESTS_AT_ONCE_MAX; i++) {
            HttpResponse<String> answer = send(request("/status"));
            refused += answer.statusCode() == 429 ? 1 : 0;
        }
        assertThat(refused).isGreaterThanOrEqualTo(Gate.REQUESTS_AT_ONCE_MAX);
        clinic.now = clinic.now.plusSeconds(1);
        assertThat(get("/status", "/status").getInteger("visits")).isEqualTo(1);
    }

    @Test
    void P5_a_clinic_that_is_shut_out_is_not_served() {
        Fact.CheckRecorded check = clinic.confirmed(patient);
        String next = get("/changes", "/changes").getString("next");
        CompletableFuture<HttpResponse<String>> waiting = client.sendAsync(
                request("/changes?wait=60&after=" + next).build(), HttpResponse.BodyHandlers.ofString());
        clinic.shutOut = true;
        clinic.changed();

        for (String path : List.of("/visits", "/changes", "/events", "/status")) {
            assertThat(problem(403, "get", path, request(path))).isEqualTo("CLINIC_HIDDEN");
        }
        assertThat(problem(403, put("/visits/" + check.visit() + "/reference", "{\"reference\":\"1\"}")))
                .isEqualTo("CLINIC_HIDDEN");
        assertThat(waiting.join().statusCode()).isEqualTo(403);
        clinic.shutOut = false;
        clinic.changed();
        assertThat(get("/changes", "/changes?after=" + next).getJsonArray("changes"))
                .isEmpty();
    }

    @Test
    void a_key_opens_its_own_clinic_alone() {
        clinic.confirmed(patient);
        keys.add(new ReceiptKey("other", Facts.OTHER_CLINIC, ReceiptKey.digestOf("kkn_other")));

        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(root + "/visits")).header("Authorization", "Bearer kkn_other"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("CLINIC_HIDDEN").doesNotContain("見本");
    }

    @Test
    void on_a_full_disk_visits_are_read_and_changes_wait() {
        clinic.confirmed(patient);
        get("/changes", "/changes");
        clinic.contest(clinic.card(clinic.ids.patient()));
        clinic.disk.full(true);
        clinic.store.heard(new LastHeard(clinic.ids.incarnation(), clinic.now, Policy.DEFAULT));
        clinic.changed();

        assertThat(found("")).hasSize(2);
        assertThat(problem(503, "get", "/changes", request("/changes"))).isEqualTo("STORE_FULL");
        assertThat(get("/status", "/status").getBoolean("storeFull")).isTrue();

        clinic.disk.full(false);
        assertThat(get("/changes", "/changes").getJsonArray("changes")).hasSize(2);
    }

    @Test
    void what_is_not_understood_is_named_with_a_remedy() {
        for (String query :
                List.of("month=2026-13", "date=x", "patient=1", "standing=OPEN", "after=1", "limit=0", "limit=501")) {
            HttpResponse<String> answer = send(request("/visits?" + query));
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(new JsonObject(answer.body()).getString("field")).isEqualTo(query.split("=", 2)[0]);
            assertThat(document.complaints("get", "/visits", answer)).isEmpty();
        }
        assertThat(problem(400, "get", "/changes", request("/changes?after=x"))).isEqualTo("FIELD_INVALID");
        assertThat(problem(400, "get", "/changes", request("/changes?wait=61"))).isEqualTo("FIELD_INVALID");
        assertThat(problem(404, "get", "/visits/{visit}", request("/visits/x"))).isEqualTo("VISIT_UNKNOWN");
        assertThat(problem(404, "get", "/visits", request("/nothing"))).isEqualTo("NOT_FOUND");
        assertThat(problem(404, "get", "/visits", request("/visits").DELETE())).isEqualTo("NOT_FOUND");
    }
}
