package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.reader.ExtendedApdu;
import jp.kakunin.edge.store.StoreCondition;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.outbox.Remarked;
import jp.kakunin.outbox.TooLate;
import org.junit.jupiter.api.Test;

final class DeskPagesTest extends OpenDesk {
    @Test
    void the_page_is_japanese_and_stays_english_once_asked_for() {
        assertThat(browser.open("/").body()).contains("<html lang=\"ja\">", "マイナンバーカードをリーダーに置いてください");
        assertThat(browser.open("/?lang=en").body()).contains("<html lang=\"en\">");
        assertThat(browser.open("/deferred").body()).contains("First visit without card");
    }

    @Test
    void a_first_visit_without_card_is_recorded_listed_and_can_be_looked_at() {
        browser.open("/deferred");

        HttpResponse<String> after =
                browser.send("/deferred", Map.of("clinic", CLINIC, "patientName", "山田 花子", "copayCharged", "30"));

        assertThat(after.uri().toString()).doesNotContain("%E5");
        assertThat(after.body()).contains("記録しました", "11月30日(月)", "山田 花子", "後日確認");
        assertThat(browser.open("/visit?id=" + desk.onlyVisit().judged().visit())
                        .body())
                .contains("山田 花子", "後日確認");
    }

    @Test
    void a_form_that_is_sent_twice_records_once() {
        browser.open("/deferred");
        Map<String, String> form = Map.of("clinic", CLINIC, "patientName", "山田 花子", "once", "0011223344556677");

        browser.send("/deferred", form);
        HttpResponse<String> again = browser.send("/deferred", form);

        assertThat(desk.edge.recorded).hasSize(1);
        assertThat(again.body()).contains("記録しました", "11月30日(月)");
    }

    @Test
    void a_refused_form_that_is_sent_twice_is_refused_twice() {
        browser.open("/deferred");
        Map<String, String> form =
                Map.of("clinic", CLINIC, "patientName", "1234 5678 9012", "once", "0011223344556677");

        browser.send("/deferred", form);
        HttpResponse<String> again = browser.send("/deferred", form);

        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body()).contains("D03");
    }

    @Test
    void a_document_against_a_denial_is_recorded_only_from_a_page_that_showed_the_denial() {
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        String page = "/document?visit=" + tap.visit();
        assertThat(browser.open(page).body()).doesNotContain("name=\"despite\"");
        desk.edge.answer(tap.check(), new Answer.NotFound());
        Map<String, String> form = Map.of(
                "clinic",
                CLINIC,
                "visit",
                tap.visit().toString(),
                "document",
                "ELIGIBILITY_CERTIFICATE",
                "reason",
                "NO_CARD");

        assertThat(browser.send("/document", form).body())
                .contains("D18", "有効な資格を確認できませんでした", "name=\"despite\" value=\"" + tap.check() + "\"");
        assertThat(desk.edge.recorded).hasSize(1);
    }

    @Test
    void a_refused_name_is_shown_again_beside_the_reason() {
        browser.open("/deferred");

        HttpResponse<String> answer =
                browser.send("/deferred", Map.of("clinic", CLINIC, "patientName", "1234 5678 9012"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("role=\"alert\"", "D03", "aria-invalid=\"true\"", "マイナンバーは記録できません");
        assertThat(desk.edge.recorded).isEmpty();
    }

    @Test
    void names_are_escaped_wherever_they_stand() {
        desk.commands.defer(Map.of("patientName", "<script>alert(1)</script>")).join();
        desk.tap(DeskFixture.CARD_A);
        String id =
                desk.book().on(DeskFixture.TODAY).getFirst().judged().visit().toString();

        for (String path : List.of("/", "/visit?id=" + id, "/oral", "/document", "/document?visit=" + id)) {
            assertThat(browser.open(path).body())
                    .as(path)
                    .contains("&lt;script&gt;alert(1)")
                    .doesNotContain("<script>alert");
        }
    }

    @Test
    void an_oral_attestation_and_a_document_are_recorded_from_their_pages() {
        browser.open("/oral");
        assertThat(browser.send("/oral", Map.of("clinic", CLINIC, "patientName", "高橋 四郎", "basis", "own_record"))
                        .body())
                .contains("口頭確認を記録しました");

        browser.open("/document");
        assertThat(browser.send(
                                "/document",
                                Map.of(
                                        "clinic", CLINIC,
                                        "patientName", "中村 五郎",
                                        "document", "ELIGIBILITY_CERTIFICATE",
                                        "reason", "NO_CARD"))
                        .body())
                .contains("書類による確認を記録しました", "中村 五郎");
    }

    @Test
    void a_refused_oral_attestation_and_document_are_told_on_their_pages() {
        browser.open("/oral");
        assertThat(browser.send("/oral", Map.of("clinic", CLINIC, "patientName", "高橋 四郎", "basis", "shown"))
                        .body())
                .contains("D10");

        browser.open("/document");
        assertThat(browser.send(
                                "/document",
                                Map.of(
                                        "clinic",
                                        CLINIC,
                                        "patientName",
                                        "中村",
                                        "document",
                                        "PORTAL_SCREEN",
                                        "visit",
                                        "x"))
                        .body())
                .contains("D17");
        assertThat(browser.send("/document", Map.of("clinic", CLINIC, "patientName", "中村", "document", "PORTAL_SCREEN"))
                        .body())
                .contains("D13");
    }

    @Test
    void what_was_typed_off_a_document_stays_and_the_wrong_field_is_marked() {
        browser.open("/document");

        String refused = browser.send(
                        "/document",
                        Map.of(
                                "clinic", CLINIC,
                                "patientName", "中村 五郎",
                                "kind", "REPEAT",
                                "document", "ELIGIBILITY_CERTIFICATE",
                                "insurer", "33120016",
                                "number", "５６７",
                                "copayPercent", "20",
                                "from", "2026-04-01"))
                .body();

        assertThat(refused)
                .contains("D19", "href=\"#insurer\"", "value=\"33120016\" aria-invalid=\"true\"", "value=\"５６７\"")
                .contains("<option value=\"20\" selected>", "<option value=\"REPEAT\" selected>");
        assertThat(refused.split("aria-invalid", -1)).hasSize(2);
    }

    @Test
    void what_was_just_recorded_is_taken_back_at_once_and_that_too() {
        browser.open("/deferred");
        String recorded = browser.send("/deferred", Map.of("clinic", CLINIC, "patientName", "山田 花子"))
                .uri()
                .getQuery();

        Map<String, String> undo = browser.hiddenFields("/?" + recorded, "");
        assertThat(undo).containsEntry("reason", "MISTAKE");
        HttpResponse<String> taken = browser.send("/withdraw", undo);
        assertThat(taken.body()).contains("取り消しました");
        assertThat(desk.book().on(DeskFixture.TODAY)).isEmpty();

        Map<String, String> redo = browser.hiddenFields("/?" + taken.uri().getQuery(), "");
        assertThat(redo).containsEntry("reason", "UNDONE");
        assertThat(browser.send("/withdraw", redo).body()).contains("元に戻しました");
        assertThat(desk.onlyVisit().name()).isEqualTo("山田 花子");
    }

    @Test
    void a_tap_taken_back_leaves_the_panel_ready_for_the_next_card() {
        desk.tap(DeskFixture.CARD_A);
        Map<String, String> undo = browser.hiddenFields("/", "");
        assertThat(undo).containsEntry("reason", "MISTAKE");

        browser.send("/withdraw", undo);

        assertThat(desk.reception.tapDesk().tap()).isNotInstanceOf(Tap.Recorded.class);
        assertThat(desk.book().on(DeskFixture.TODAY)).isEmpty();
    }

    @Test
    void the_panel_takes_back_its_reading_and_not_the_document_recorded_since() {
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        desk.commands
                .accept(Map.of(
                        "visit", tap.visit().toString(), "document", "ELIGIBILITY_CERTIFICATE", "reason", "NO_ANSWER"))
                .join();

        assertThat(browser.hiddenFields("/", "fact"))
                .containsEntry("fact", tap.fact().toString());
    }

    @Test
    void a_program_that_is_out_of_date_says_so_to_staff_and_supplier() {
        assertThat(browser.open("/").body()).doesNotContain("古くなっています");
        desk.edge.outdated = true;
        assertThat(browser.open("/").body()).contains("プログラムは古くなっています", "policy.versionMin");
    }

    @Test
    void joining_can_be_undone_at_once() {
        desk.commands.defer(Map.of("patientName", "山田 花子")).join();
        PatientId byName = desk.onlyVisit().judged().patient();
        PatientId byCard =
                desk.edge.check(desk.tap(DeskFixture.CARD_A).check()).envelope().patient();
        assertThat(browser.open("/").body()).contains("山田 花子 さん(11月20日(金))と同じ人です");
        assertThat(browser.open("/join?a=" + byCard).body()).contains("山田 花子", "name=\"b\"");

        String joined = browser.send("/join", Map.of("clinic", CLINIC, "a", byCard.toString(), "b", byName.toString()))
                .body();

        assertThat(joined).contains("同じ患者さんとしてつなぎました", "元に戻す");
        assertThat(desk.book().person(byCard)).contains(byName);
    }

    @Test
    void a_full_disk_and_a_doubtful_clock_are_told_on_the_main_page() {
        desk.edge.store = StoreCondition.FULL;
        desk.edge.clockDoubtful = true;
        browser.showsInBothLanguages("新しい確認は紙に控えてください", "Write new checks on paper");

        browser.send("/clock", Map.of("date", "2026-11-20"));

        assertThat(desk.edge.clockDoubtful).isFalse();
    }

    @Test
    void a_device_that_runs_twice_is_told_with_the_remedy() {
        desk.edge.runsTwice = true;

        assertThat(browser.showsInBothLanguages("この端末が二重に動いているようです", "This device seems to run twice"))
                .contains("複製を止め");
    }

    @Test
    void what_came_too_late_is_told_by_month_until_it_was_seen() {
        desk.edge.tooLate = new TooLate(Map.of(TreatmentMonth.of(2026, 9), 3));
        browser.showsInBothLanguages("2026-09 の記録 3 件は、その月の締め切り後に", "3 records of 2026-09 reached the hub after");

        browser.send("/late", Map.of("late-2026-09", "3"));

        assertThat(browser.open("/").body()).doesNotContain("締め切り後");
    }

    /// The staff read "3 records", two more came, and then they pressed the button of the page they had read.
    @Test
    void what_came_too_late_after_the_page_was_drawn_is_still_to_be_seen() {
        desk.edge.tooLate = new TooLate(Map.of(TreatmentMonth.of(2026, 9), 3));
        Map<String, String> shown = browser.hiddenFields("/", "late-");
        desk.edge.tooLate = new TooLate(Map.of(TreatmentMonth.of(2026, 9), 5, TreatmentMonth.of(2026, 10), 1));

        browser.send("/late", shown);

        browser.showsInBothLanguages("2026-09 の記録 2 件は", "2 records of 2026-09");
        browser.showsInBothLanguages("2026-10 の記録 1 件は", "1 records of 2026-10");
    }

    @Test
    void a_record_that_took_no_effect_is_told_in_the_list_and_at_the_visit_with_reason_and_remedy() {
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        FactId fact = desk.edge.check(tap.check()).id();
        desk.edge.send();

        desk.edge.remarks = Map.of(fact, new Remarked(Outcome.QUARANTINED, QuarantineReason.FUTURE_DATE));
        desk.edge.send();
        browser.showsInBothLanguages("PC の日付を直し、この施術をもう一度記録", "Set the date of the PC right and record");
        assertThat(browser.open("/visit?id=" + tap.visit()).body()).contains("未来の日付のため");

        desk.edge.remarks = Map.of(fact, new Remarked(Outcome.REFUSED, null));
        desk.edge.send();
        browser.showsInBothLanguages("センターはこの端末の記録を受け付けていません", "takes no records of this device");
    }

    @Test
    void whether_the_reader_takes_long_commands_is_told_to_the_supplier() {
        assertThat(browser.open("/").body()).doesNotContain("拡張APDU");

        desk.reader.name = "Reader 0";
        browser.showsInBothLanguages(
                "拡張APDU(256バイトを超えるやりとり): 不明", "Extended APDU (more than 256 bytes at once): unknown");
        desk.reader.extended = ExtendedApdu.NO;
        browser.showsInBothLanguages("拡張APDU(256バイトを超えるやりとり): 非対応", "not supported");
    }

    @Test
    void the_pin_is_never_in_an_answer() {
        desk.reader.put(DeskFixture.CARD_A);
        browser.open("/");

        assertThat(browser.send("/tap", Map.of("clinic", CLINIC, "method", "pin", "pin", "98765"))
                        .body())
                .contains("D14")
                .doesNotContain("98765");
    }

    @Test
    void what_is_not_there_is_said_politely() {
        assertThat(browser.open("/nowhere").body()).contains("W04");
        assertThat(browser.open("/visit?id=nothing").body()).contains("D08");
        assertThat(browser.open("/join").body()).contains("D06");
    }

    @Test
    void open_pages_hear_of_every_change() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(("GET /events HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            readUntil(socket.getInputStream(), "data: 0");

            desk.reader.put(DeskFixture.CARD_A);

            readUntil(socket.getInputStream(), "data: 1");
        }
    }

    private static void readUntil(InputStream in, String expected) throws IOException {
        StringBuilder read = new StringBuilder();
        while (!read.toString().contains(expected)) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("closed after: " + read);
            }
            read.append((char) next);
        }
    }
}
