package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jp.kakunin.load.card.CardBox;
import jp.kakunin.load.card.VpcdLink;
import jp.kakunin.load.endtoend.Until;
import jp.kakunin.load.endtoend.reception.Launcher.Ended;
import jp.kakunin.load.up.DataDirectory;
import jp.kakunin.load.up.RunFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// A clinic sets its device up with nothing but the sheet from the office.
class ActivationIT {
    private static final String CLINIC = "1380000016";
    private static final long STOP_SECONDS_MAX = 40;

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();
    private Browser browser;
    private Path hub;

    @BeforeEach
    void start() throws Exception {
        hub = folder.resolve("hub");
        browser = Browser.open(folder.resolve("browser"));
        start("hub", List.of("hub", "--data", hub.toString(), "--reconnect-spread", "1"));
        Until.until(
                "the hub runs",
                () -> RunFile.ofRunning(new DataDirectory(hub).hubRun()).isPresent());
    }

    @AfterEach
    void stop() throws Exception {
        browser.close();
        for (Process process : started.reversed()) {
            process.destroy();
            assertThat(process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void start(String name, List<String> command) throws IOException {
        started.add(Launcher.start(folder.resolve(name + ".log"), command));
    }

    private URI edge(Path data, int cardPort) throws Exception {
        start(
                data.getFileName().toString(),
                List.of("edge-with-card", "--card-port", String.valueOf(cardPort), "--data", data.toString()));
        Path run = new DataDirectory(data).edgeRun();
        Until.until("the edge runs", () -> RunFile.ofRunning(run).isPresent());
        return URI.create(RunFile.ofRunning(run).orElseThrow().text("desk"));
    }

    private JsonObject status(Path data) throws Exception {
        Ended ended = Launcher.run("edge", "status", "--json", "--data", data.toString());
        assertThat(ended.code()).as(ended.err()).isZero();
        return new JsonObject(ended.out());
    }

    private String kakunin(String... arguments) throws Exception {
        Ended ended =
                Launcher.run(Stream.of(Stream.of("hub"), Stream.of(arguments), Stream.of("--data", hub.toString()))
                        .flatMap(each -> each)
                        .toArray(String[]::new));
        assertThat(ended.code()).as(ended.err()).isZero();
        return ended.out();
    }

    private static String line(String said, String name) {
        return said.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElseThrow();
    }

    private void type(String field, String text) {
        browser.script("const at = document.getElementById(arguments[0]); at.focus(); at.select();", field);
        browser.press(text);
    }

    private void findHub(URI desk, String sheet) throws Exception {
        browser.go(desk);
        browser.awaitFocus("#hub");
        type("hub", line(sheet, "hub"));
        type("check", line(sheet, "check").toLowerCase(Locale.ROOT));
        browser.press(Keys.ENTER);
        browser.awaitShown("#terms");
    }

    private void fill(String sheet, String code) {
        type("institutionCode", CLINIC);
        type("id", line(sheet, "id"));
        type("password", line(sheet, "password"));
        type("code", code);
        browser.press(Keys.ENTER);
    }

    @Test
    void a_sheet_makes_one_device_that_checks_cards_until_it_is_revoked() throws Exception {
        String sheet = kakunin("account", "create", "--clinic", CLINIC, "--name", "さくら接骨院");
        int cardPort = freePort();
        Path clinic = folder.resolve("clinic");
        URI desk = edge(clinic, cardPort);
        assertThat(status(clinic).getBoolean("activated")).isFalse();

        browser.go(desk.resolve("/visit?id=1"));
        browser.awaitFocus("#hub");
        browser.picture("ja-activate-hub");
        type("hub", line(sheet, "hub"));
        type("check", "0000-0000-0000-0000-0000");
        browser.press(Keys.ENTER);
        browser.awaitText("#problem", "票のハブではありません");
        assertThat(browser.focusIsOn("#check")).as(browser.focus()).isTrue();

        findHub(desk, sheet);
        browser.picture("ja-activate");
        fill(sheet, line(sheet, "code"));
        browser.awaitText("#problem", "同意");
        assertThat(browser.focusIsOn("#terms")).as(browser.focus()).isTrue();
        browser.press(Keys.SPACE);
        fill(sheet, "1234-5678");
        browser.awaitText("#problem", "12桁");
        assertThat(browser.focusIsOn("#code")).as(browser.focus()).isTrue();
        browser.picture("ja-activate-problem");
        fill(sheet, line(sheet, "code").replace("-", "　"));

        browser.awaitShown("#tap");
        assertThat(browser.text(".top")).contains("さくら接骨院");
        JsonObject status = status(clinic);
        assertThat(status.getBoolean("activated")).isTrue();
        assertThat(status.getString("certificateUntil")).isNotBlank();
        try (Stream<Path> files = Files.walk(clinic.resolve("edge/identity"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(Files.readString(clinic.resolve("edge/identity/identity.properties")))
                .contains("terms=", "terms.accepted=");

        var cards = CardBox.open(folder.resolve("cards"), InstantSource.system(), new SecureRandom());
        try (VpcdLink _ = VpcdLink.insert(cardPort, cards.card("hanako"))) {
            browser.awaitFocus("#pin");
            browser.press("1234", Keys.ENTER);
            browser.awaitText("#tap.good .heading", "有効");
        }
        browser.awaitText("#visits", "見本　花子");

        the_same_code_makes_no_second_device(sheet);
        a_revoked_device_shows_nothing_more(desk);
        URI again = the_device_is_activated_again_and_has_kept_what_it_recorded(sheet, clinic, cardPort);
        once_more_from_the_desk_without_a_command_line(sheet, again);
        for (Path log : List.of(hub.resolve("hub/log"), clinic.resolve("edge/log"))) {
            try (Stream<Path> files = Files.walk(log)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(Files.readString(file))
                            .doesNotContain(line(sheet, "password"))
                            .doesNotContain(line(sheet, "code"))
                            .doesNotContain(line(sheet, "code").replace("-", ""));
                }
            }
        }
    }

    private void the_same_code_makes_no_second_device(String sheet) throws Exception {
        URI desk = edge(folder.resolve("second"), freePort());
        findHub(desk, sheet);
        browser.script("document.getElementById('terms').checked = true");
        fill(sheet, line(sheet, "code"));
        browser.awaitText("#problem", "使用済みか期限切れ");
        assertThat(status(folder.resolve("second")).getBoolean("activated")).isFalse();
    }

    /// Which nobody remembers: activating again clears it.
    private static void setPasscode(Path clinic) throws Exception {
        List<String> command = List.of("edge", "passcode", "set", "--data", clinic.toString());
        assertThat(Launcher.run("forgotten1\n", command).code()).isZero();
    }

    private URI the_device_is_activated_again_and_has_kept_what_it_recorded(String sheet, Path clinic, int cardPort)
            throws Exception {
        String device = new JsonObject(kakunin("device", "list", "--json"))
                .getJsonArray("devices")
                .getJsonObject(0)
                .getString("device");
        assertThat(Launcher.run("edge", "stop", "--data", clinic.toString()).code())
                .isZero();
        setPasscode(clinic);
        String next = kakunin("account", "code", CLINIC, "--replace", device);
        String typed = String.join("\n", CLINIC, line(sheet, "id"), line(sheet, "password"), line(next, "code") + "\n");
        List<String> command = List.of(
                "edge",
                "activate",
                "--again",
                "--data",
                clinic.toString(),
                "--hub",
                line(next, "hub"),
                "--check",
                line(next, "check"));
        Ended terms = Launcher.run(typed, command);
        assertThat(terms.err()).contains("the terms were not accepted; nothing was sent");
        String version = terms.err().lines().findFirst().orElseThrow().replaceAll(".* ", "");
        Ended ended = Launcher.run(
                typed,
                Stream.concat(command.stream(), Stream.of("--accept-terms", version))
                        .toList());
        assertThat(ended.code()).as(ended.err()).isZero();

        URI desk = edge(clinic, cardPort);
        browser.go(desk.resolve("/?lang=ja"));
        browser.awaitText("#status", "接続中");
        browser.awaitText("#visits", "見本　花子");
        return desk;
    }

    private void once_more_from_the_desk_without_a_command_line(String sheet, URI desk) throws Exception {
        JsonArray devices = new JsonObject(kakunin("device", "list", "--json")).getJsonArray("devices");
        String device = devices.stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("state").equals("ACTIVE"))
                .map(each -> each.getString("device"))
                .findFirst()
                .orElseThrow();
        kakunin("device", "revoke", device);
        browser.awaitShown("form[action='/activate/again']");
        browser.picture("ja-desk-activate-again");
        String next = kakunin("account", "code", CLINIC, "--replace", device);
        browser.script("document.querySelector(\"form[action='/activate/again'] button\").click()");

        browser.awaitShown("#hub");
        setPasscode(folder.resolve("clinic"));
        findHub(desk, next);
        browser.script("document.getElementById('terms').checked = true");
        fill(sheet, line(next, "code"));

        browser.awaitShown("#tap");
        browser.awaitText("#status", "接続中");
        browser.awaitText("#visits", "見本　花子");
    }

    private void a_revoked_device_shows_nothing_more(URI desk) throws Exception {
        JsonObject devices = new JsonObject(kakunin("device", "list", "--json"));
        assertThat(devices.getJsonArray("devices")).hasSize(1);
        String device = devices.getJsonArray("devices").getJsonObject(0).getString("device");

        browser.go(desk.resolve("/?lang=ja"));
        browser.awaitText("#visits", "見本　花子");
        kakunin("device", "revoke", device);

        browser.awaitText("#status", "この端末は使えません");
        Until.until("the records are hidden", () -> !browser.text("#visits").contains("見本　花子"));
        browser.picture("ja-desk-revoked");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
