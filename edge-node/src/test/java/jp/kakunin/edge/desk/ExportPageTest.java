package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.exchange.ConnectionState;
import jp.kakunin.edge.exchange.ConnectionState.Cause;
import org.junit.jupiter.api.Test;

final class ExportPageTest extends OpenDesk {
    private static final TreatmentMonth NOVEMBER = TreatmentMonth.of(2026, 11);
    private static final Exportable SOME = new Exportable(
            new TreeMap<>(Map.of(NOVEMBER, 3)),
            new TreeMap<>(Map.of(NOVEMBER.previous().previous(), 2)),
            new TreeMap<>(Map.of(NOVEMBER.next(), 1)));

    @Test
    void the_page_says_how_many_of_which_month_until_when_and_what_cannot_be_carried() {
        desk.edge.exportable = SOME;

        assertThat(browser.open("/export").body())
                .contains("2026-11", "3 件", "12月31日(木) の24時までに")
                .contains("2026-09", "2 件", "間に合いません")
                .contains("2026-12", "1 件", "一度だけ回線につないで")
                .contains("封をしたファイルを保存する", "「未送信」のままです");
        assertThat(browser.open("/export?lang=en").body()).contains("Save the sealed file", "by 24:00 on Thu 31 Dec");
    }

    @Test
    void one_file_comes_that_holds_all_and_nothing_is_marked_as_sent() throws IOException {
        desk.commands.defer(Map.of("patientName", "高橋 四郎")).join();
        desk.edge.exportable = SOME;
        desk.edge.sealed.put("a.sealed", new byte[] {1, 2, 3});
        desk.edge.sealed.put("b.sealed", new byte[70_000]);
        browser.open("/export");

        HttpResponse<byte[]> answer = browser.save("/export");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"kakunin-export-20261120-1032.zip\"");
        var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()));
        for (Map.Entry<String, byte[]> file : desk.edge.sealed.entrySet()) {
            ZipEntry entry = zip.getNextEntry();
            assertThat(entry).isNotNull();
            assertThat(entry.getName()).isEqualTo(file.getKey());
            assertThat(zip.readAllBytes()).isEqualTo(file.getValue());
        }
        assertThat(zip.getNextEntry()).isNull();
        assertThat(browser.open("/").body()).contains("1 件(送っています)");
    }

    @Test
    void one_that_is_broken_off_is_not_taken_for_a_whole_one() {
        desk.edge.exportable = SOME;
        desk.edge.sealed.put("a.sealed", new byte[] {1});
        desk.edge.sealed.put("b.sealed", new byte[] {2});
        desk.edge.filesMax = 1;
        browser.open("/export");

        assertThatThrownBy(() -> browser.save("/export")).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void a_page_of_another_site_gets_no_file() {
        desk.edge.exportable = SOME;
        browser.open("/export");

        assertThat(browser.send("/export", Map.of("csrf", "0")).statusCode()).isEqualTo(403);
    }

    @Test
    void with_nothing_unsent_there_is_no_button_and_an_old_page_is_told() {
        assertThat(browser.open("/export").body()).contains("運ぶものはありません").doesNotContain("<button");
        browser.open("/deferred");

        HttpResponse<String> answer = browser.send("/export", Map.of());

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("D54");
    }

    @Test
    void the_way_there_stands_where_the_worry_is() {
        String link = "<a href=\"/export\">";
        assertThat(browser.open("/").body()).doesNotContain(link);
        assertThat(browser.open("/open").body()).contains(link);
        desk.commands.defer(Map.of("patientName", "高橋 四郎")).join();
        assertThat(browser.open("/").body()).doesNotContain(link);

        desk.edge.connection = new ConnectionState.Offline(desk.edge.now, Cause.TCP);
        assertThat(browser.open("/").body()).containsOnlyOnce(link);
        desk.edge.heardAt = desk.edge.now.minus(Duration.ofHours(5));
        assertThat(browser.open("/").body()).containsOnlyOnce(link);
    }
}
