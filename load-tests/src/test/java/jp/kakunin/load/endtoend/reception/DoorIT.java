package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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

/// The passcode by keyboard, and a tablet on the network: a second address of this machine plays the network.
class DoorIT {
    private static final String LAN = "127.0.0.2";
    private static final long STOP_SECONDS_MAX = 40;

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();
    private Browser browser;
    private Path clinic;
    private int cardPort;

    @BeforeEach
    void enrol() throws Exception {
        clinic = folder.resolve("clinic");
        cardPort = freePort("127.0.0.1");
        assertThat(kakunin("", "hub", "enrol", "--clinic", "1380000016=みどり整骨院").code())
                .isZero();
        browser = Browser.open(folder.resolve("browser"));
    }

    @AfterEach
    void stop() throws Exception {
        browser.close();
        for (Process process : started.reversed()) {
            process.destroy();
            assertThat(process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Ended kakunin(String input, String... words) throws Exception {
        return Launcher.run(
                input,
                Stream.concat(Stream.of(words), Stream.of("--data", clinic.toString()))
                        .toList());
    }

    private URI edge(String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("edge-with-card", "--card-port", String.valueOf(cardPort), "--data", clinic.toString()));
        command.addAll(List.of(options));
        started.add(Launcher.start(folder.resolve("edge.log"), command));
        Path run = new DataDirectory(clinic).edgeRun();
        Until.until("the edge runs", () -> RunFile.ofRunning(run).isPresent());
        return URI.create(RunFile.ofRunning(run).orElseThrow().text("desk")).resolve("/?lang=ja");
    }

    private static int freePort(String address) throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        }
    }

    private void defer(String name) throws Exception {
        assertThat(kakunin("", "edge", "defer", "--patient-name", name).code()).isZero();
    }

    @Test
    void a_passcode_is_set_by_keyboard_locks_and_makes_guessing_wait() throws Exception {
        URI desk = edge();
        defer("見本 太郎");
        browser.go(desk);
        browser.awaitText("#visits", "見本 太郎");
        browser.tabTo(".settings a");
        browser.press(Keys.ENTER);
        browser.awaitShown("#newPasscode");
        Axe.findsNothingOn(browser, "settings without a passcode");
        browser.picture("ja-settings");
        browser.tabTo("#newPasscode");
        browser.press("5678", Keys.TAB, "5679", Keys.ENTER);
        browser.awaitFocus("#problem");
        assertThat(browser.text("#problem")).contains("同じではありません");
        Axe.findsNothingOn(browser, "settings with a problem");
        browser.tabTo("#newPasscode");
        browser.press("5678", Keys.TAB, "5678", Keys.ENTER);
        browser.awaitText(".flash", "パスコードを設定しました");
        Axe.findsNothingOn(browser, "settings with a passcode");
        browser.picture("ja-settings-passcode");
        browser.go(desk);
        browser.awaitText("#visits", "見本 太郎");
        Axe.findsNothingOn(browser, "desk that can be locked");
        browser.picture("ja-desk-lockable");

        browser.pressAlt("l");
        browser.awaitFocus("#passcode");
        assertThat(browser.source()).doesNotContain("見本 太郎", "みどり整骨院");
        assertThat(browser.text("main")).contains("カードを読み取らず");
        Axe.findsNothingOn(browser, "lock screen");
        browser.picture("ja-lock");
        Ended visits = kakunin("", "edge", "visits");
        assertThat(visits.code()).isNotZero();
        assertThat(visits.err()).contains("W06").doesNotContain("見本 太郎");

        for (int i = 0; i < 3; i++) {
            browser.press("9999", Keys.ENTER);
            browser.awaitText("#problem", "パスコードが違います");
            browser.awaitFocus("#passcode");
            assertThat(browser.script("return document.getElementById('problem').getAttribute('role')"))
                    .isEqualTo("alert");
            browser.script("document.getElementById('problem').remove()");
        }
        browser.press("5678", Keys.ENTER);
        browser.awaitText("#problem", "お待ちください");
        Axe.findsNothingOn(browser, "lock screen that waits");
        browser.picture("ja-lock-wait");
        browser.awaitText("#passcode-wait", "入力できます");
        var cards = CardBox.open(folder.resolve("cards"), InstantSource.system(), new SecureRandom());
        try (VpcdLink _ = VpcdLink.insert(cardPort, cards.card("hanako"))) {
            browser.press("5678", Keys.ENTER);
            browser.awaitFocus("#pin");
        }
        browser.awaitText("#visits", "見本 太郎");
    }

    @Test
    void a_desk_that_is_not_used_locks_by_itself_and_a_forgotten_passcode_is_cleared_at_the_pc() throws Exception {
        URI desk = edge("--lock-after", "1");
        defer("見本 太郎");
        assertThat(kakunin("さくら123\n", "edge", "passcode", "set").code()).isZero();
        browser.go(desk);
        browser.awaitFocus("#passcode");
        browser.press("さくら123", Keys.ENTER);
        browser.awaitText("#visits", "見本 太郎");

        browser.awaitFocus("#passcode");
        assertThat(browser.source()).doesNotContain("見本 太郎");

        assertThat(kakunin("", "edge", "passcode", "clear").code()).isZero();
        browser.go(desk);
        browser.awaitText("#visits", "見本 太郎");
        assertThat(browser.shows("[data-lock]")).isFalse();
    }

    @Test
    void a_tablet_is_paired_records_and_is_removed() throws Exception {
        int port = freePort(LAN);
        URI desk = edge("--lan", LAN + ":" + port);
        URI lan = URI.create("https://" + LAN + ":" + port + "/");
        try (Browser tablet = Browser.openTrustingAnyCertificate(folder.resolve("tablet"))) {
            tablet.go(lan.resolve("/?lang=ja"));
            tablet.awaitFocus("#code");
            assertThat(tablet.source()).doesNotContain("みどり整骨院");
            Axe.findsNothingOn(tablet, "pairing page");
            tablet.picture("ja-pair");
            tablet.press("12345678", Keys.ENTER);
            tablet.awaitText("#problem", "登録コードが違うか");

            browser.go(desk.resolve("/tablets"));
            browser.awaitText("main", lan.toString());
            Axe.findsNothingOn(browser, "tablets");
            browser.tabTo("#tabletName");
            browser.press("施術室1", Keys.ENTER);
            browser.awaitShown(".pairing-code");
            Axe.findsNothingOn(browser, "tablets with a code");
            browser.picture("ja-tablets-code");
            tablet.press(browser.text(".pairing-code"), Keys.ENTER);

            tablet.awaitText(".top", "みどり整骨院");
            assertThat(tablet.shows(".settings")).isFalse();
            browser.awaitText("#pairing", "施術室1");
            assertThat(browser.shows(".pairing-code")).isFalse();
            browser.picture("ja-tablets");
            var cards = CardBox.open(folder.resolve("cards"), InstantSource.system(), new SecureRandom());
            try (VpcdLink _ = VpcdLink.insert(cardPort, cards.card("hanako"))) {
                tablet.awaitFocus("#pin");
                tablet.press("1234", Keys.ENTER);
                tablet.awaitText("#visits .chip.waiting", "確認待ち");
            }
            tablet.picture("ja-tablet-desk");

            browser.tabTo("#pairing .entries button");
            browser.press(Keys.ENTER);
            browser.awaitText(".flash", "登録を外しました");
            tablet.awaitShown("#code");
            tablet.go(lan);
            tablet.awaitFocus("#code");
        }
    }
}
