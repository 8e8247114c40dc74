package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jp.kakunin.load.endtoend.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// A receptionist without a line saves what is unsent on a stick, by keyboard alone, and the hub takes it.
@ExtendWith(Reception.class)
class CarryIT {
    private final RunningUp up;
    private final Browser browser;

    @TempDir
    private Path stick;

    CarryIT(RunningUp up, Browser browser) {
        this.up = up;
        this.browser = browser;
    }

    @AfterEach
    void leave_the_desk_empty() throws Exception {
        Reception.clear(up, browser);
    }

    @Test
    void what_is_unsent_is_saved_as_one_file_that_the_hub_takes() throws Exception {
        // The keys to seal with come with the hub's first replies.
        browser.go(up.desk().resolve("/?lang=ja"));
        browser.awaitText("#status", "接続中");
        up.stopHub();
        try {
            browser.awaitShown("#status .warn");
            String visit = up.json("edge", "defer", "--patient-name", "見本 運ぶ").getString("visit");
            browser.awaitShown("#status a[href='/export']");
            browser.picture("ja-desk-carry");
            browser.tabTo("#status a[href='/export']");
            browser.press(Keys.ENTER);
            browser.awaitText("h1", "USB メモリで運ぶ");
            Axe.findsNothingOn(browser, "the page to carry records from");
            browser.picture("ja-export");
            browser.protocol(
                    "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", stick.toString()));
            browser.tabTo("form[action='/export'] button");
            browser.press(Keys.ENTER);
            browser.awaitHeard("say-list", "ファイルの保存を始めました");
            Until.until("the file is saved", () -> saved().size() == 1);
            Path zip = saved().getFirst();
            assertThat(browser.text("h1")).contains("USB メモリで運ぶ");
            assertThat(up.visit(visit).getBoolean("sent")).isFalse();

            up.startHub();
            JsonObject imported = up.json("hub", "import", zip.toString());
            assertThat(imported.getJsonArray("files")).hasSize(1);
            // The line is back as well: which of them was first does not matter.
            assertThat(imported.encode()).contains("\"facts\":1", "\"now\":1", "\"refused\":0", "\"quarantined\":0");
        } finally {
            up.startHubIfGone();
        }
        browser.go(up.desk().resolve("/export?lang=ja"));
        Until.until("it is sent", () -> {
            browser.go(up.desk().resolve("/export?lang=ja"));
            return browser.text(".empty").contains("運ぶものはありません");
        });
        Axe.findsNothingOn(browser, "the page with nothing to carry");
        browser.picture("ja-export-nothing");
    }

    /// Not those that the browser still writes.
    private List<Path> saved() throws IOException {
        try (Stream<Path> files = Files.list(stick)) {
            return files.filter(file -> file.getFileName().toString().matches("kakunin-export-[0-9]{8}-[0-9]{4}[.]zip"))
                    .toList();
        }
    }
}
