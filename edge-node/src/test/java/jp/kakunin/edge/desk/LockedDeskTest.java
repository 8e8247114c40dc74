package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jp.kakunin.edge.desk.DoorFixture.Answer;
import jp.kakunin.edge.desk.DoorFixture.Client;
import jp.kakunin.edge.desk.DoorFixture.Way;
import jp.kakunin.edge.door.Door;
import jp.kakunin.edge.door.Passcode;
import jp.kakunin.edge.door.PasscodeFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LockedDeskTest {
    /// Named here so that whoever adds a route before the gate has to say so here as well.
    private static final Set<String> OPEN =
            Set.of("/static/desk.css", "/static/door.js", "/static/icon.svg", "/unlock");

    private static final Set<String> RECEIPT_COMPUTERS = Set.of("/receipt/v1/visits/");
    private static final String TOKEN = "Authorization: Bearer token\r\n";

    @TempDir
    Path folder;

    private DoorFixture site;

    @BeforeEach
    void start() throws Exception {
        site = new DoorFixture(folder);
    }

    @AfterEach
    void stop() throws Exception {
        site.close();
    }

    private void setPasscode() throws Exception {
        site.door.set(Objects.requireNonNull(Passcode.typed(DoorFixture.PASSCODE)), "somebody else");
        site.door.lock("somebody else");
    }

    private static void tellsNothing(Way way, Answer answer) {
        assertThat(answer.text())
                .as(way.toString())
                .doesNotContain(DoorFixture.NAME, DoorFixture.CLINIC_NAME, "event: desk", "\"visits\"");
    }

    @Test
    void without_a_passcode_nothing_is_locked_and_nothing_can_be() throws Exception {
        Client browser = site.new Client(false);

        Answer page = browser.get("/visit?id=" + site.visit);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains(DoorFixture.NAME).doesNotContain("data-lock");
        assertThat(page.cookies()).noneMatch(cookie -> cookie.startsWith(DeskCookies.UNLOCKED));
        browser.post("/lock", "");
        assertThat(browser.get("/").status()).isEqualTo(200);
    }

    @Test
    void while_locked_no_route_of_all_there_are_tells_or_takes_anything() throws Exception {
        setPasscode();
        int recorded = site.desk.edge.recorded.size();
        List<Way> ways = site.ways(false);
        assertThat(ways).hasSizeGreaterThan(40);

        for (Way way : ways) {
            Client stranger = site.new Client(false);
            Client withForm = site.new Client(false);
            withForm.get("/");
            List<Answer> answers = List.of(
                    stranger.send(way.method(), way.path(), TOKEN, ""),
                    withForm.send(
                            way.method(),
                            way.path(),
                            "Content-Type: application/x-www-form-urlencoded\r\n",
                            "csrf=" + withForm.csrf + "&patientName=x&reason=NO_CARD&method=visual"));
            for (Answer answer : answers) {
                if (RECEIPT_COMPUTERS.stream().anyMatch(way.path()::startsWith)) {
                    assertThat(answer.status()).isEqualTo(200); // a key of its own stands before it
                    continue;
                }
                if (DoorGate.API_WHILE_LOCKED.contains(way.path())) {
                    assertThat(answer.text()).as(way.toString()).doesNotContain(DoorFixture.NAME);
                    continue;
                }
                tellsNothing(way, answer);
                if (!OPEN.contains(way.path())) {
                    assertThat(answer.status())
                            .as(way.toString())
                            .isIn(way.path().startsWith("/receipt/") ? List.of(404) : List.of(423));
                }
            }
        }
        assertThat(site.desk.edge.recorded).hasSize(recorded);
        assertThat(site.desk.reader.requests).hasSize(1);
    }

    @Test
    void a_path_written_another_way_is_locked_too() throws Exception {
        setPasscode();

        for (String path : List.of(
                "/receipt/../visit?id=" + site.visit,
                "/receipt/%2e%2e/visit?id=" + site.visit,
                "//visit?id=" + site.visit,
                "/static/../",
                "/api/status/../visits",
                "/api/status/%2e%2e/visits",
                "/api/visits/",
                "/API/visits",
                "/unlock/../visit?id=" + site.visit,
                "/%76isit?id=" + site.visit)) {
            Answer answer = site.new Client(false).send("GET", path, TOKEN, "");
            tellsNothing(new Way("GET", path), answer);
            assertThat(answer.status()).as(path).isNotEqualTo(200);
        }
    }

    @Test
    void the_passcode_unlocks_this_browser_alone_until_it_is_not_used() throws Exception {
        setPasscode();
        Client browser = site.new Client(false);

        Answer lock = browser.get("/visit?id=" + site.visit);
        assertThat(lock.status()).isEqualTo(423);
        assertThat(lock.text()).contains("カードを読み取らず", "edge passcode clear", "autofocus");
        Answer unlocked = browser.post("/unlock", "passcode=1234&to=/visit?id=" + site.visit);
        assertThat(unlocked.status()).isEqualTo(303);
        assertThat(unlocked.header("Location")).isEqualTo("/visit?id=" + site.visit);
        assertThat(unlocked.cookies())
                .singleElement()
                .asString()
                .startsWith("kakunin-unlocked=")
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Strict", "Path=/")
                .doesNotContain("Max-Age");
        assertThat(browser.get("/visit?id=" + site.visit).text()).contains(DoorFixture.NAME, "data-lock");
        assertThat(site.new Client(false).get("/").status()).isEqualTo(423);

        site.now = site.now.plus(DoorFixture.LOCK_AFTER);
        assertThat(browser.send("GET", "/", "Kakunin-Follows: 1\r\n", "").status())
                .isEqualTo(200);
        site.now = site.now.plusMillis(1);
        assertThat(browser.get("/").status()).isEqualTo(423);
    }

    @Test
    void what_is_sent_after_the_lock_is_told_as_not_recorded_and_what_was_recorded_stays() throws Exception {
        setPasscode();
        Client browser = site.new Client(false).unlock();
        browser.get("/deferred");
        browser.post("/deferred", "patientName=x&reason=NO_CARD");
        int recorded = site.desk.edge.recorded.size();
        site.now = site.now.plus(DoorFixture.LOCK_AFTER).plusMillis(1);

        Answer answer = browser.post("/deferred", "patientName=y&reason=NO_CARD");
        Answer script = browser.send("POST", "/tap", "Accept: application/json\r\n", "pin=1234");

        assertThat(answer.status()).isEqualTo(423);
        assertThat(answer.text()).contains("W06", "記録されていません");
        assertThat(script.text()).contains("\"code\":\"W06\"");
        assertThat(site.desk.edge.recorded).hasSize(recorded);
        browser.unlock();
        assertThat(browser.get("/").text()).contains("x");
    }

    @Test
    void lock_now_locks_every_browser_of_the_pc_and_ends_their_streams() throws Exception {
        setPasscode();
        Client one = site.new Client(false).unlock();
        Client other = site.new Client(false).unlock();
        CompletableFuture<String> stream = follow(other);

        one.get("/");
        assertThat(one.post("/lock", "").header("Location")).isEqualTo("/");

        assertThat(stream.get(10, TimeUnit.SECONDS)).contains("event: locked");
        assertThat(one.get("/").status()).isEqualTo(423);
        assertThat(other.get("/").status()).isEqualTo(423);
    }

    @Test
    void an_open_stream_ends_when_time_locks_its_page() throws Exception {
        setPasscode();
        Client browser = site.new Client(false).unlock();
        CompletableFuture<String> stream = follow(browser);

        site.now = site.now.plus(DoorFixture.LOCK_AFTER).plusMillis(1);

        assertThat(stream.get(10, TimeUnit.SECONDS)).contains("event: locked");
    }

    /// All a stream said, when it has ended; returns as soon as it began.
    private CompletableFuture<String> follow(Client client) throws Exception {
        Socket socket = client.connect();
        socket.getOutputStream()
                .write(("GET /events HTTP/1.1\r\nHost: " + client.host() + "\r\nConnection: close\r\nCookie: "
                                + client.cookies + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        StringBuilder said = new StringBuilder();
        while (said.indexOf("event: desk") < 0) {
            said.append((char) socket.getInputStream().read());
        }
        return CompletableFuture.supplyAsync(() -> {
            try (socket) {
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void a_card_is_not_looked_at_while_locked_and_is_when_somebody_unlocked() throws Exception {
        setPasscode();
        site.desk.attended = false;
        site.desk.reader.remove();
        site.desk.reception.tapDesk().next();
        site.desk.reader.put(DeskFixture.CARD_B);
        assertThat(site.desk.reception.tapDesk().tap()).isInstanceOf(Tap.NoCard.class);

        site.desk.attended = true;
        site.new Client(false).unlock();

        assertThat(site.desk.reception.tapDesk().tap()).isInstanceOf(Tap.Ready.class);
    }

    @Test
    void wrong_passcodes_are_told_then_have_to_wait_over_a_restart_too() throws Exception {
        setPasscode();
        Client browser = site.new Client(false);
        browser.get("/");
        for (int i = 0; i < 3; i++) {
            Answer wrong = browser.post("/unlock", "passcode=9999");
            assertThat(wrong.status()).isEqualTo(422);
            assertThat(wrong.text()).contains("D39", "aria-invalid=\"true\"", "role=\"alert\"");
        }
        Answer tooSoon = browser.post("/unlock", "passcode=1234");
        assertThat(tooSoon.status()).isEqualTo(429);
        assertThat(tooSoon.header("Retry-After")).isEqualTo("5");
        assertThat(tooSoon.text()).contains("D40", "data-wait=\"5\"").doesNotContain("9999");

        site.close();
        site = new DoorFixture(folder);
        Client after = site.new Client(false);
        after.get("/");
        assertThat(after.post("/unlock", "passcode=1234").status()).isEqualTo(429);
        site.now = site.now.plus(Duration.ofSeconds(5));
        assertThat(after.post("/unlock", "passcode=1234").status()).isEqualTo(303);
    }

    @Test
    void after_unlocking_nobody_is_sent_to_another_site() throws Exception {
        setPasscode();
        for (String to : List.of("//evil.example", "https://evil.example", "/\\evil.example", "javascript:1")) {
            Client browser = site.new Client(false);
            browser.get("/");
            assertThat(browser.post("/unlock", "passcode=1234&to=" + to).header("Location"))
                    .as(to)
                    .isEqualTo("/");
        }
    }

    @Test
    void unlocking_and_locking_need_the_form_of_this_desk() throws Exception {
        setPasscode();
        Client stranger = site.new Client(false);
        assertThat(stranger.post("/unlock", "passcode=1234").status()).isEqualTo(403);
        Client browser = site.new Client(false);
        browser.get("/");
        String body = "csrf=" + browser.csrf + "&passcode=1234";
        assertThat(browser.send("POST", "/unlock", "Origin: http://evil.example\r\n", body)
                        .status())
                .isEqualTo(403);
        browser.unlock();
        assertThat(browser.send("POST", "/lock", "Origin: http://evil.example\r\n", body)
                        .status())
                .isEqualTo(403);
        assertThat(browser.get("/").status()).isEqualTo(200);
    }

    @Test
    void a_form_that_ends_after_the_lock_is_not_taken() throws Exception {
        Client browser = site.new Client(false);
        setPasscode();
        browser.unlock().get("/deferred");
        int recorded = site.desk.edge.recorded.size();
        String body = "csrf=" + browser.csrf + "&patientName=x&reason=NO_CARD";
        int asked = site.asked.get();
        try (Socket socket = browser.connect()) {
            socket.getOutputStream()
                    .write(("POST /deferred HTTP/1.1\r\nHost: " + browser.host() + "\r\nOrigin: " + browser.origin()
                                    + "\r\nCookie: " + browser.cookies
                                    + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            while (site.asked.get() == asked) {
                Thread.onSpinWait();
            }
            site.door.lock(Door.PC);
            socket.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(60), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 423");
        }
        assertThat(site.desk.edge.recorded).hasSize(recorded);
    }

    @Test
    void the_settings_page_sets_changes_and_removes_the_passcode() throws Exception {
        Client browser = site.new Client(false);
        browser.get("/settings");
        assertThat(browser.post("/settings/passcode", "newPasscode=12&newPasscodeAgain=12")
                        .text())
                .contains("D41");
        assertThat(browser.post("/settings/passcode", "newPasscode=1234&newPasscodeAgain=1235")
                        .text())
                .contains("D42");
        assertThat(site.door.hasPasscode()).isFalse();

        Answer set = browser.post("/settings/passcode", "newPasscode=1234&newPasscodeAgain=1234");
        assertThat(set.status()).isEqualTo(303);
        assertThat(browser.get(set.header("Location")).text()).contains("パスコードを設定しました");
        assertThat(site.new Client(false).get("/settings").status()).isEqualTo(423);

        assertThat(browser.post("/settings/passcode", "passcode=9999&newPasscode=5678&newPasscodeAgain=5678")
                        .text())
                .contains("D39");
        assertThat(browser.post("/settings/passcode", "passcode=1234&newPasscode=5678&newPasscodeAgain=5678")
                        .status())
                .isEqualTo(303);
        assertThat(browser.post("/settings/passcode/clear", "passcode=1234").text())
                .contains("D39");
        assertThat(site.door.hasPasscode()).isTrue();
        assertThat(browser.post("/settings/passcode/clear", "passcode=5678").status())
                .isEqualTo(303);
        assertThat(site.new Client(false).get("/").status()).isEqualTo(200);
    }

    @Test
    void programs_may_do_again_what_the_screen_may_when_the_pc_is_unlocked() throws Exception {
        setPasscode();
        Client program = site.new Client(false);
        assertThat(status(program).getBoolean("locked")).isTrue();
        assertThat(program.send("GET", "/api/visits", TOKEN, "").text()).contains("W06");

        site.new Client(true).pair("施術室").unlock();
        assertThat(program.send("GET", "/api/visits", TOKEN, "").status()).isEqualTo(423);

        site.new Client(false).unlock();
        assertThat(program.send("GET", "/api/visits", TOKEN, "").text()).contains(DoorFixture.NAME);
        assertThat(status(program).getBoolean("locked")).isFalse();

        site.door.lock(Door.PC);
        new PasscodeFile(folder).clear();
        assertThat(program.send("GET", "/api/visits", TOKEN, "").status()).isEqualTo(200);
    }

    private static JsonObject status(Client program) throws Exception {
        String text = program.send("GET", "/api/status", TOKEN, "").text();
        return new JsonObject(text.substring(text.indexOf("\r\n\r\n")));
    }
}
