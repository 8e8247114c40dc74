package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kakunin.domain.IdSource;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.DeviceReport;
import jp.kakunin.exchange.DeviceReport.ReaderCondition;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.load.endtoend.Until;
import jp.kakunin.load.replay.DeviceIdentity;
import jp.kakunin.load.replay.HubLine;
import jp.kakunin.load.up.DataDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/// An operator at the console: signs in, sees the clinics and what is owed, and never who the patients are.
@ExtendWith(Reception.class)
class ConsoleBrowserIT {
    private static final String PATIENT = "見本 秘密";

    private static final Path TEMPLATES = Path.of("../cloud-hub/src/main/resources/jp/kakunin/hub/console/pages");
    private static final Set<String> PARTS = Set.of("layout", "clinic-choice");

    /// The pages that were checked for accessibility.
    private final Set<String> checked = new TreeSet<>();

    private final RunningUp up;
    private final Browser browser;

    ConsoleBrowserIT(RunningUp up, Browser browser) {
        this.up = up;
        this.browser = browser;
    }

    @Test
    void an_operator_signs_in_and_sees_clinics_and_deferrals_without_names() throws Exception {
        nothingIsThereYet();
        up.json("edge", "defer", "--patient-name", PATIENT);
        assertThat(up.json("card", "tap").getString("standing")).isEqualTo("CONFIRMED");

        sendWhatNobodyCanRead();

        browser.go(up.console().resolve("/worklist"));
        browser.awaitFocus("#password");
        checked("ja-console-sign-in");
        browser.press("guess-1", Keys.ENTER);
        browser.awaitText("#message", "パスワードが違います");
        checked("ja-console-wrong-password");
        browser.awaitFocus("#password");
        browser.press(up.operatorPassword(), Keys.ENTER);
        browser.awaitText("table", "さくら接骨院");
        browser.awaitText("table .state", "接続中");

        for (String language : List.of("ja", "en")) {
            look("/?lang=" + language, language + "-console-clinics");
            look("/worklist", language + "-console-worklist");
            assertThat(browser.text("table")).contains(RunningUp.CLINIC);
            chooseClinic("/worklist");
            browser.tabTo("nav a[href='/quarantine']");
            browser.press(Keys.ENTER);
            browser.awaitShown(".state.UNREADABLE");
            look("/quarantine", language + "-console-quarantine");
            chooseClinic("/quarantine");
            browser.awaitShown(".state.UNREADABLE");
            theClinicStaysChosenInTheOtherLanguage("/quarantine", language);
            browser.tabTo("nav a[href='/']");
            browser.press(Keys.ENTER);
            browser.awaitShown("td a[href^='/clinics/" + RunningUp.CLINIC + "/']");
            browser.tabTo("td a[href^='/clinics/" + RunningUp.CLINIC + "/']");
            browser.press(Keys.ENTER);
            browser.awaitShown(".state.CONFIRMED");
            noPatient();
            checked(language + "-console-month");
            browser.go(up.console().resolve("/clinics/" + RunningUp.CLINIC + "/2020-01"));
            checked(language + "-console-month-erased");
            browser.go(up.console().resolve("/nowhere"));
            checked(language + "-console-error");
        }
        assertThat(checked).as("pages that were checked").isEqualTo(pages());
        browser.tabTo("form[action='/sign-out'] button");
        browser.press(Keys.ENTER);
        browser.awaitShown("#password");
        browser.go(up.console());
        assertThat(browser.shows("#password")).isTrue();
    }

    private void nothingIsThereYet() throws Exception {
        browser.go(up.console().resolve("/sign-in?lang=ja"));
        browser.awaitFocus("#password");
        browser.press(up.operatorPassword(), Keys.ENTER);
        browser.awaitShown("form[action='/sign-out']");
        for (String page : List.of("/", "/worklist", "/quarantine")) {
            browser.go(up.console().resolve(page));
            browser.awaitShown("h1");
            checked("ja-console-empty-" + browser.script("return document.body.dataset.page"));
        }
        browser.tabTo("form[action='/sign-out'] button");
        browser.press(Keys.ENTER);
        browser.awaitShown("#password");
    }

    private void checked(String name) throws IOException {
        browser.picture(name);
        Axe.findsNothingOn(browser, name);
        checked.add(String.valueOf(browser.script("return document.body.dataset.page")));
    }

    /// Whoever adds a page has it checked here.
    private static Set<String> pages() throws IOException {
        try (Stream<Path> files = Files.list(TEMPLATES)) {
            return files.map(file -> file.getFileName().toString().replace(".peb", ""))
                    .filter(name -> !PARTS.contains(name))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /// With the keyboard alone: the list of clinics, its first one, and the button behind it.
    private void chooseClinic(String page) throws Exception {
        browser.tabTo("#clinic");
        browser.press(Keys.ARROW_DOWN);
        browser.tabTo("form.choice button");
        browser.press(Keys.ENTER);
        Until.until("one clinic", () -> browser.address().endsWith(page + "?clinic=" + RunningUp.CLINIC));
        browser.awaitText("table", RunningUp.CLINIC);
    }

    private void theClinicStaysChosenInTheOtherLanguage(String page, String language) throws Exception {
        for (String other : List.of(language.equals("ja") ? "en" : "ja", language)) {
            browser.tabTo(".tools a[hreflang='" + other + "']");
            browser.press(Keys.ENTER);
            browser.awaitShown("html[lang='" + other + "']");
            assertThat(browser.address()).endsWith(page + "?clinic=" + RunningUp.CLINIC);
            assertThat(browser.script("return document.getElementById('clinic').value"))
                    .isEqualTo(RunningUp.CLINIC);
        }
    }

    private void sendWhatNobodyCanRead() throws Exception {
        DeviceIdentity device = DeviceIdentity.read(new DataDirectory(up.data()).identity());
        IdSource ids = new IdSource(InstantSource.system(), new SecureRandom());
        var poison = new SentFact(1, PATIENT.getBytes(StandardCharsets.UTF_8), null);
        var batch = new Batch(device.clinic(), ids.epoch(), StreamPosition.START, List.of(poison), false, Backlog.NONE);
        var report = new DeviceReport(Instant.now(), Duration.ZERO, "test", ReaderCondition.EMPTY, null);
        Vertx vertx = Vertx.vertx();
        try (HubLine line = new HubLine(vertx, device)) {
            Reply reply = line.exchange(new Request.Push(ids.instance(), report, List.of(batch)))
                    .get(30, TimeUnit.SECONDS);
            assertThat(reply.body()).isInstanceOf(Reply.Pushed.class);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    private void look(String page, String name) throws Exception {
        browser.go(up.console().resolve(page));
        browser.awaitShown("table");
        noPatient();
        assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        checked(name);
    }

    private void noPatient() {
        assertThat(browser.source())
                .doesNotContain(PATIENT)
                .doesNotContain("見本")
                .doesNotContain("花子")
                .doesNotContain("ミホン")
                .doesNotContain("90010001");
    }
}
