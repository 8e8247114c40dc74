package jp.kakunin.load.authority;

import static jp.kakunin.load.authority.People.TODAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.hub.authority.Authority;
import jp.kakunin.hub.authority.AuthorityResult;
import jp.kakunin.hub.authority.AuthorityResult.Cause;
import jp.kakunin.hub.authority.Capability;
import jp.kakunin.hub.authority.Inquiry;
import jp.kakunin.hub.authority.OqsAuthority;
import jp.kakunin.load.card.CardIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every fault of the authority is no answer with its cause, and never a negative one.
final class OqsFaultsTest {
    private static final int ANSWER_SECONDS_MAX = 30;
    private static final Duration LONG_WAIT = Duration.ofSeconds(20);
    private static final Duration SHORT_WAIT = Duration.ofMillis(300);
    private static final String TOKEN = "token";

    private final People people = new People();

    @TempDir
    Path folder;

    private final List<Authority> opened = new ArrayList<>();
    private OqsServer server;
    private Instant now = People.NOW;

    @BeforeEach
    void start() throws IOException {
        server = OqsServer.start(
                People.registry(folder), folder.resolve("store"), 0, FaultScript.EMPTY, () -> now, 1, TOKEN);
    }

    @AfterEach
    void stop() {
        opened.forEach(Authority::close);
        server.close();
    }

    @Test
    void down_is_unreachable_and_passes() {
        assertThat(asked(new JsonObject().put("down", true))).isEqualTo(none(Cause.UNREACHABLE));

        assertThat(asked(new JsonObject())).isInstanceOf(AuthorityResult.Answered.class);
    }

    @Test
    void nobody_listening_is_unreachable() {
        server.close();

        assertThat(ask(authority(Set.of(Capability.ASK_CAPTURED), LONG_WAIT), insured()))
                .isEqualTo(none(Cause.UNREACHABLE));
    }

    @Test
    void too_slow_is_given_up() {
        server.wrong(Faults.of(new JsonObject().put("slowMillis", 60_000)));

        assertThat(ask(authority(EnumSet.allOf(Capability.class), SHORT_WAIT), insured()))
                .isEqualTo(none(Cause.TIMED_OUT));
    }

    @Test
    void what_is_processed_is_asked_for_again_with_the_same_identifier() {
        server.wrong(Faults.of(new JsonObject().put("processingAsks", 2)));
        Inquiry inquiry = insured();

        assertThat(ask(inquiry)).isEqualTo(none(Cause.PROCESSING));
        assertThat(ask(inquiry)).isEqualTo(none(Cause.PROCESSING));
        assertThat(ask(inquiry)).isInstanceOf(AuthorityResult.Answered.class);
    }

    @Test
    void an_answer_given_again_is_as_old_as_the_first() {
        Inquiry inquiry = insured();
        AuthorityResult first = ask(inquiry);
        now = now.plusSeconds(7_200);

        assertThat(ask(inquiry)).isEqualTo(first);
        assertThat(server.answeredTwice()).isEqualTo(1);
    }

    @Test
    void an_abnormal_end_is_no_answer() {
        assertThat(asked(new JsonObject().put("abnormalPercent", 100))).isEqualTo(none(Cause.ABNORMAL));
    }

    @Test
    void bytes_in_another_charset_than_declared_are_no_answer() {
        assertThat(asked(new JsonObject().put("wrongCharset", true))).isEqualTo(none(Cause.ABNORMAL));
    }

    @Test
    void a_letter_outside_the_code_page_arrives_as_a_black_dot_and_stays_one() {
        server.wrong(Faults.of(new JsonObject().put("charset", "WINDOWS_31J")));

        assertThat(nameOf(ask(people.asked(People.RARE, TODAY)))).isEqualTo("●田　光");
        assertThat(nameOf(ask(people.asked(People.LONG, TODAY)))).isEqualTo("髙橋　花子");
    }

    @Test
    void maintenance_fails_renewed_certificates_alone() {
        CardIdentity renewed = people.card(People.CHANGED, People.NOW.minus(Duration.ofDays(3)));
        server.wrong(Faults.of(new JsonObject().put("renewedSince", "2026-11-15")));

        assertThat(ask(people.shown(People.CHANGED, People.der(renewed)))).isEqualTo(none(Cause.ABNORMAL));
        assertThat(ask(insured())).isInstanceOf(AuthorityResult.Answered.class);
    }

    @Test
    void beyond_the_rate_it_says_how_long_to_wait() {
        server.wrong(Faults.of(new JsonObject().put("perSecond", 1).put("retryAfterSeconds", 7)));

        assertThat(ask(insured())).isInstanceOf(AuthorityResult.Answered.class);
        assertThat(ask(insured())).isEqualTo(new AuthorityResult.NoAnswer(Cause.BUSY, Duration.ofSeconds(7)));
    }

    @Test
    void what_it_cannot_be_asked_it_is_not_asked() {
        Authority present = authority(Set.of(Capability.ASK_NOW), LONG_WAIT);

        assertThat(ask(present, people.asked(People.LONG, TODAY.minusDays(1)))).isEqualTo(none(Cause.NOT_CAPABLE));
        assertThat(ask(
                        present,
                        new Inquiry.ByNumber(
                                people.check(),
                                People.CLINIC,
                                TODAY,
                                InsurerNumber.ofBody("0113901"),
                                "",
                                "1",
                                "",
                                TODAY)))
                .isEqualTo(none(Cause.NOT_CAPABLE));
        assertThat(server.asked()).isZero();
        assertThat(ask(present, insured())).isInstanceOf(AuthorityResult.Answered.class);
    }

    @Test
    void faults_are_set_over_the_control_address_by_who_has_the_token() throws Exception {
        assertThat(control("wrong", "{\"down\": true}")).isEqualTo(401);
        assertThat(control(TOKEN, "{\"dwon\": true}")).isEqualTo(400);
        assertThat(control(TOKEN, "{\"abnormalPercent\": 101}")).isEqualTo(400);
        assertThat(ask(insured())).isInstanceOf(AuthorityResult.Answered.class);

        assertThat(control(TOKEN, "{\"down\": true}")).isEqualTo(200);

        assertThat(ask(insured())).isEqualTo(none(Cause.UNREACHABLE));
    }

    @Test
    void a_script_says_what_is_wrong_by_the_second() throws IOException {
        Path file = folder.resolve("script.json");
        Files.writeString(file, "[{\"atSeconds\": 10, \"down\": true}, {\"atSeconds\": 40.5, \"processingAsks\": 2}]");

        FaultScript script = FaultScript.read(file);

        assertThat(script.at(Duration.ofSeconds(9))).isEqualTo(Faults.NONE);
        assertThat(script.at(Duration.ofSeconds(10)).down()).isTrue();
        assertThat(script.at(Duration.ofSeconds(40)).down()).isTrue();
        assertThat(script.at(Duration.ofHours(9)).processingAsks()).isEqualTo(2);
    }

    @Test
    void a_wrong_script_is_refused_by_entry() throws IOException {
        Path file = folder.resolve("script.json");
        Files.writeString(file, "[{\"atSeconds\": 10}, {\"atSeconds\": 4}]");

        assertThatThrownBy(() -> FaultScript.read(file))
                .hasMessageContaining("script.json")
                .hasMessageContaining("entry 2");
    }

    private int control(String token, String body) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(server.url() + "/faults"))
                                    .header("authorization", "Bearer " + token)
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static AuthorityResult none(Cause cause) {
        return new AuthorityResult.NoAnswer(cause);
    }

    private static String nameOf(AuthorityResult result) {
        return result instanceof AuthorityResult.Answered(var _, var _, Answer.Valid valid)
                ? valid.insured().name()
                : result.toString();
    }

    private Inquiry insured() {
        return people.asked(People.LONG, TODAY);
    }

    private AuthorityResult asked(JsonObject faults) {
        server.wrong(Faults.of(faults));
        return ask(insured());
    }

    private AuthorityResult ask(Inquiry inquiry) {
        return ask(authority(EnumSet.allOf(Capability.class), LONG_WAIT), inquiry);
    }

    private static AuthorityResult ask(Authority authority, Inquiry inquiry) {
        return authority
                .ask(inquiry)
                .orTimeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                .join();
    }

    private Authority authority(Set<Capability> capabilities, Duration replyMax) {
        Authority authority = new OqsAuthority(
                URI.create(server.url() + "/oqs"), capabilities, People.SEAL.getPrivate(), () -> now, replyMax);
        opened.add(authority);
        return authority;
    }
}
