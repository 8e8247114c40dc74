package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import jp.kakunin.edge.desk.DoorFixture.Answer;
import jp.kakunin.edge.desk.DoorFixture.Client;
import jp.kakunin.edge.desk.DoorFixture.Way;
import jp.kakunin.edge.door.Passcode;
import jp.kakunin.edge.door.Tablets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
final class TabletsOnTheLanTest {
    /// Named here so that whoever adds a route before the gates has to say so here as well.
    private static final Set<String> FOR_STRANGERS =
            Set.of("/static/desk.css", "/static/door.js", "/static/icon.svg", "/pair");

    private static final Set<String> WHILE_LOCKED = Set.of("/static/desk.css", "/static/door.js", "/static/icon.svg");
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

    private Client stranger() {
        return site.new Client(true);
    }

    private static void tellsNothing(String way, Answer answer) {
        assertThat(answer.text())
                .as(way)
                .doesNotContain(DoorFixture.NAME, DoorFixture.CLINIC_NAME, DeskFixture.CLINIC.digits())
                .doesNotContain("event: desk", "\"visits\"", "desk.js");
    }

    @Test
    void nothing_but_the_pairing_page_is_there_for_a_stranger_on_any_route_of_both_routers() throws Exception {
        int recorded = site.desk.edge.recorded.size();
        Client withForm = stranger();
        withForm.get("/pair");
        String form = withForm.csrf;
        List<Way> ways = new ArrayList<>(site.ways(true));
        ways.addAll(site.ways(false));
        for (Way way : ways) {
            withForm.csrf = form;
            Answer bare = stranger().send(way.method(), way.path(), TOKEN + "Cookie: __Host-kakunin-paired=x\r\n", "");
            Answer sent = withForm.post(way.path(), "patientName=x&reason=NO_CARD");
            for (Answer answer : List.of(bare, sent)) {
                tellsNothing(way.toString(), answer);
                if (!FOR_STRANGERS.contains(way.path())) {
                    assertThat(answer.status()).as(way.toString()).isIn(303, 403);
                }
            }
        }
        assertThat(site.desk.edge.recorded).hasSize(recorded);
        assertThat(site.desk.reader.requests).hasSize(1);
    }

    /// The router fails these before it asks any route, and so before both gates.
    @Test
    void an_address_that_is_no_path_tells_a_stranger_nothing_on_either_door() throws Exception {
        site.door.set(Objects.requireNonNull(Passcode.typed(DoorFixture.PASSCODE)), "somebody else");
        for (String path : List.of("*", "x", "?x", "http:", "/%zz", "/?a=%zz")) {
            for (String method : List.of("GET", "POST", "OPTIONS")) {
                for (Client client : List.of(stranger(), site.new Client(false))) {
                    for (String host : List.of(client.host(), "evil.example")) {
                        Answer answer = client.sendAs(host, method, path, "", "");
                        String way = method + " " + path + " of " + host;
                        tellsNothing(way, answer);
                        assertThat(answer.text()).as(way).doesNotContain("csrf");
                        assertThat(answer.cookies()).as(way).isEmpty();
                    }
                }
            }
        }
    }

    @Test
    void while_locked_a_paired_tablet_sees_nothing_on_any_route() throws Exception {
        Client tablet = stranger().pair("施術室");
        site.door.set(Objects.requireNonNull(Passcode.typed(DoorFixture.PASSCODE)), "somebody else");

        for (Way way : site.ways(true)) {
            Answer answer = way.method().equals("GET") ? tablet.get(way.path()) : tablet.post(way.path(), "x=y");
            tellsNothing(way.toString(), answer);
            if (!WHILE_LOCKED.contains(way.path())
                    && !way.path().equals("/pair")
                    && !way.path().equals("/unlock")) {
                assertThat(answer.status()).as(way.toString()).isEqualTo(423);
            }
        }
        tablet.unlock();
        assertThat(tablet.get("/").text()).contains(DoorFixture.CLINIC_NAME);
        assertThat(site.new Client(false).get("/").status())
                .as("each browser by itself")
                .isEqualTo(423);
    }

    @Test
    void neither_the_apis_nor_settings_nor_pairing_others_are_on_the_network() throws Exception {
        Client tablet = stranger().pair("施術室");

        assertThat(site.ways(true))
                .extracting(Way::path)
                .noneMatch(path -> path.startsWith("/api")
                        || path.startsWith("/receipt")
                        || path.startsWith("/settings")
                        || path.startsWith("/activate")
                        || path.startsWith("/tablets"));
        for (String path :
                List.of("/api/visits", "/api/status", "/receipt/v1/visits/" + site.visit, "/settings", "/tablets")) {
            Answer answer = tablet.send("GET", path, TOKEN, "");
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.text()).as(path).doesNotContain(DoorFixture.NAME);
        }
    }

    @Test
    void a_code_pairs_a_tablet_which_then_works_like_the_desk() throws Exception {
        Client pc = site.new Client(false);
        pc.get("/tablets");
        assertThat(pc.post("/tablets/pair", "tabletName=").text()).contains("D43");
        pc.post("/tablets/pair", "tabletName=room+1");
        String code = Objects.requireNonNull(site.tablets.code());
        assertThat(pc.get("/tablets").text())
                .contains(code.substring(0, 4) + " " + code.substring(4), site.certificate.fingerprint())
                .contains("https://127.0.0.2:" + site.lanPort + "/");

        Client tablet = stranger();
        assertThat(tablet.get("/").header("Location")).isEqualTo("/pair");
        tablet.get("/pair");
        Answer paired = tablet.post("/pair", "code=" + code);

        assertThat(paired.status()).isEqualTo(303);
        assertThat(paired.cookies())
                .singleElement()
                .asString()
                .startsWith("__Host-kakunin-paired=")
                .containsIgnoringCase("HttpOnly")
                .contains("Secure", "SameSite=Strict", "Path=/", "Max-Age=")
                .doesNotContain("Domain");
        assertThat(tablet.get("/visit?id=" + site.visit).text())
                .contains(DoorFixture.NAME)
                .doesNotContain("href=\"/settings\"");
        tablet.get("/deferred");
        assertThat(tablet.post("/deferred", "patientName=x&reason=NO_CARD").status())
                .isEqualTo(303);
        assertThat(pc.get("/tablets").text()).contains("room 1").doesNotContain(code);
        assertThat(tablet.post("/pair", "code=" + code).text()).contains("D45");
    }

    @Test
    void every_cookie_on_the_network_is_bound_to_its_host() throws Exception {
        Client tablet = stranger().pair("施術室");

        for (Answer answer : List.of(stranger().get("/pair?lang=en"), tablet.get("/?lang=en"))) {
            assertThat(answer.cookies())
                    .isNotEmpty()
                    .allSatisfy(cookie -> assertThat(cookie)
                            .startsWith("__Host-")
                            .containsIgnoringCase("HttpOnly")
                            .contains("Secure", "SameSite=Strict", "Path=/"));
        }
    }

    @Test
    void a_removed_tablet_is_a_stranger_at_once_and_its_session_is_gone() throws Exception {
        Client tablet = stranger().pair("施術室");
        Client pc = site.new Client(false);
        pc.get("/tablets");

        pc.post("/tablets/remove", "tablet=" + site.tablets.paired().getFirst().id());

        assertThat(tablet.get("/").header("Location")).isEqualTo("/pair");
        assertThat(tablet.post("/deferred", "patientName=x").status()).isEqualTo(403);
        assertThat(site.tablets.paired()).isEmpty();
    }

    @Test
    void wrong_codes_are_not_told_apart_and_void_the_code() throws Exception {
        site.tablets.begin("a");
        String code = Objects.requireNonNull(site.tablets.code());
        Client tablet = stranger();
        tablet.get("/pair");
        for (int i = 0; i < 5; i++) {
            Answer wrong = tablet.post("/pair", "code=1");
            assertThat(wrong.status()).isEqualTo(422);
            assertThat(wrong.text()).contains("D45");
        }
        assertThat(tablet.post("/pair", "code=" + code).text()).contains("D45");
        site.tablets.begin("a");
        String late = Objects.requireNonNull(site.tablets.code());
        site.now = site.now.plus(Tablets.CODE_LIFE);
        assertThat(tablet.post("/pair", "code=" + late).text()).contains("D45");
        assertThat(site.tablets.paired()).isEmpty();
    }

    @Test
    void another_host_name_or_address_is_refused_on_both_doors() throws Exception {
        Client tablet = stranger().pair("施術室");
        Client pc = site.new Client(false);
        List<String> hosts = List.of(
                "evil.example", "evil.example:" + site.lanPort, "127.0.0.2", "127.0.0.2:1", "127.0.0.2.evil.example:1");

        for (String host : hosts) {
            for (Client client : List.of(tablet, pc)) {
                Answer answer = client.sendAs(host, "GET", "/visit?id=" + site.visit, "", "");
                assertThat(answer.status()).as(host).isEqualTo(403);
                assertThat(answer.text()).doesNotContain(DoorFixture.NAME, "csrf");
                assertThat(answer.cookies()).isEmpty();
            }
        }
        assertThat(tablet.sendAs("127.0.0.1:" + site.port, "GET", "/", "", "").status())
                .as("the PC's own name does not open the other door")
                .isEqualTo(403);
        assertThat(pc.sendAs("127.0.0.2:" + site.lanPort, "GET", "/", "", "").status())
                .isEqualTo(403);
    }

    @Test
    void forms_need_their_token_and_this_origin_on_the_network_too() throws Exception {
        Client tablet = stranger().pair("施術室");
        tablet.get("/deferred");
        int recorded = site.desk.edge.recorded.size();
        String body = "csrf=" + tablet.csrf + "&patientName=x&reason=NO_CARD";

        for (String origin : List.of(
                "https://evil.example",
                "null",
                "http://" + tablet.host(),
                "http://127.0.0.1:" + site.port,
                "https://127.0.0.2")) {
            assertThat(tablet.send("POST", "/deferred", "Origin: " + origin + "\r\n", body)
                            .status())
                    .as(origin)
                    .isEqualTo(403);
        }
        tablet.csrf = "0".repeat(64);
        assertThat(tablet.post("/deferred", "patientName=x&reason=NO_CARD").status())
                .isEqualTo(403);
        assertThat(site.desk.edge.recorded).hasSize(recorded);
    }

    @Test
    void pages_on_the_network_are_as_hard_as_on_the_pc() throws Exception {
        for (Answer answer :
                List.of(stranger().get("/pair"), stranger().pair("施術室").get("/"))) {
            assertThat(answer.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.text()).doesNotContain("style=\"", "onclick", "<script>");
        }
    }

    @Test
    void the_network_hears_tls_1_3_alone() throws Exception {
        try (SSLSocket new13 = site.socket("TLSv1.3")) {
            new13.startHandshake();
            assertThat(new13.getSession().getProtocol()).isEqualTo("TLSv1.3");
        }
        try (SSLSocket old = site.socket("TLSv1.2")) {
            assertThatThrownBy(old::startHandshake).isInstanceOf(IOException.class);
        }
        Client plain = site.new Client(false);
        try (var socket = new Socket(DoorFixture.LAN_HOST, site.lanPort)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + plain.host() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("HTTP/1.1");
        }
    }

    @Test
    void the_pairing_page_takes_no_long_body() throws Exception {
        Client tablet = stranger();
        tablet.get("/pair");

        assertThat(tablet.post("/pair", "code=" + "1".repeat(20_000)).status()).isEqualTo(413);
    }

    @Test
    void P8_strangers_that_hold_connections_keep_no_tablet_out() throws Exception {
        Client tablet = stranger().pair("施術室");
        List<Socket> held = new ArrayList<>();
        try (Socket kept = tablet.connect()) {
            assertThat(askOn(kept, tablet)).isEqualTo("HTTP/1.1 204 No Content");
            for (int i = 0; i < LanServer.CONNECTIONS_MAX; i++) {
                Socket socket = stranger().connect();
                held.add(socket);
                // A request that goes on for as long as it likes is never idle.
                socket.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            }

            assertThat(tablet.get("/").status()).isEqualTo(200);
            assertThat(askOn(kept, tablet)).as("one that is there stays").isEqualTo("HTTP/1.1 204 No Content");
            assertThat(held.getFirst().getInputStream().read())
                    .as("the oldest made room")
                    .isEqualTo(-1);
        } finally {
            for (Socket each : held) {
                each.close();
            }
        }
    }

    /// The first line that comes over a connection that stays; the answer has no body.
    private static String askOn(Socket socket, Client client) throws IOException {
        socket.getOutputStream()
                .write(("GET /used HTTP/1.1\r\nHost: " + client.host() + "\r\nCookie: " + client.cookies + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int read = socket.getInputStream().read();
            if (read < 0) {
                return "the connection ended";
            }
            answer.append((char) read);
        }
        return answer.substring(0, answer.indexOf("\r\n"));
    }
}
