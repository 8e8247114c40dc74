package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.Particulars;
import org.junit.jupiter.api.Test;

/// Rule 7: the address of the insured reaches the receipt computer alone.
final class AddressTest extends OpenDesk {
    private static final String ADDRESS = "見本県見本市一丁目";
    private static final String POST_NUMBER = "100-0987";
    private static final String HOUSEHOLDER = "見本　世帯主";

    @Test
    void no_page_event_or_answer_of_the_desk_tells_the_address() throws Exception {
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        desk.edge.answer(
                tap.check(),
                new Answer.Valid(
                        DeskFixture.COVERAGE,
                        new Insured("田中 一郎", "ﾀﾅｶ", LocalDate.of(1980, 4, 1)),
                        new Particulars(POST_NUMBER, ADDRESS, "見本組合", HOUSEHOLDER, null, null, false, null)));
        desk.edge.send();

        for (String path : List.of(
                "/",
                "/?lang=en",
                "/visit?id=" + tap.visit(),
                "/open",
                "/history",
                "/deferred",
                "/oral",
                "/document",
                "/join")) {
            assertThat(browser.open(path).body()).as(path).doesNotContain(ADDRESS, POST_NUMBER, HOUSEHOLDER);
        }
        assertThat(browser.open("/visit?id=" + tap.visit()).body()).contains("田中 一郎");
        for (String path : List.of("/api/visits", "/api/visits?open=true", "/api/status")) {
            assertThat(browser.sent(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .header("Authorization", "Bearer token")
                                    .build())
                            .body())
                    .as(path)
                    .doesNotContain(ADDRESS, POST_NUMBER, HOUSEHOLDER);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<Stream<String>> events = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/events"))
                            .build(),
                    HttpResponse.BodyHandlers.ofLines());
            Iterator<String> lines = events.body().iterator();
            String told = "";
            while (!told.contains("data:")) {
                told += lines.next() + "\n";
            }
            assertThat(told).doesNotContain(ADDRESS, POST_NUMBER, HOUSEHOLDER);
            client.shutdownNow();
        }
    }
}
