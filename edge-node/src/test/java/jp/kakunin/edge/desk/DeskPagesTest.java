package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.PatientId;
import jp.kakunin.edge.exchange.ConnectionState;
import jp.kakunin.edge.reader.CardReading;
import jp.kakunin.edge.reader.ExtendedApdu;
import jp.kakunin.edge.reader.ReaderFault;
import jp.kakunin.edge.reader.ReaderState;
import jp.kakunin.edge.store.StoreCondition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DeskPagesTest {
    private static final String CLINIC = DeskFixture.CLINIC.digits();

    private final DeskFixture desk = new DeskFixture();
    private Vertx vertx;
    private Browser browser;
    private int port;

    @BeforeEach
    void open_the_desk() throws ExecutionException, InterruptedException, TimeoutException {
        vertx = Vertx.vertx();
        DeskServer server = new DeskServer(vertx, desk.reception, new byte[32], "token", new Random(3), () -> {});
        port = server.start(0).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        browser = new Browser(port);
    }

    @AfterEach
    void close_the_desk() throws ExecutionException, InterruptedException, TimeoutException {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void the_page_is_japanese_and_stays_english_once_asked_for() {
        assertThat(browser.open("/").body()).contains("<html lang=\"ja\">", "マイナンバーカードをリーダーに置いてください");
        assertThat(browser.open("/?lang=en").body()).contains("<html lang=\"en\">");
        assertThat(browser.open("/deferred").body()).contains("First visit without card");
    }

    @Test
    void the_empty_reader_and_each_of_its_troubles_are_told_in_both_languages() {
        for (ReaderState state : ReaderState.values()) {
            if (state != ReaderState.CARD) {
                desk.reader.become(state);
                showsInBothLanguages(
                        Texts.in(Language.JA).reader().staff(state.code()),
                        Texts.in(Language.EN).reader().staff(state.code()));
            }
        }
    }

    @Test
    void a_card_asks_for_pin_or_visual_check() {
        desk.reader.put(DeskFixture.CARD_A);

        String page = showsInBothLanguages("暗証番号の残り回数: 3 回", "PIN tries left: 3");

        assertThat(page)
                .contains("type=\"password\"", "inputmode=\"numeric\"", "autocomplete=\"off\"")
                .doesNotContain("lastTryAccepted");
    }

    @Test
    void the_last_try_needs_consent_and_a_blocked_pin_leaves_the_visual_check() {
        desk.reader.triesLeft = 1;
        desk.reader.put(DeskFixture.CARD_A);
        assertThat(browser.open("/").body()).contains("lastTryAccepted");

        desk.reader.triesLeft = 0;
        desk.reader.put(DeskFixture.CARD_A);
        assertThat(browser.open("/").body())
                .doesNotContain("name=\"pin\"")
                .contains("value=\"visual\"", "暗証番号がロックされています");
    }

    @Test
    void what_went_wrong_with_a_card_is_told_with_its_code_for_the_supplier() {
        desk.reader.put(DeskFixture.CARD_A);
        for (ReaderFault fault : ReaderFault.values()) {
            desk.reader.willEndWith(new CardReading.Failed(fault, "detail 0x80100069"));
            desk.tap();
            assertThat(showsInBothLanguages(
                            Texts.in(Language.JA).reader().staff(fault.code()),
                            Texts.in(Language.EN).reader().staff(fault.code())))
                    .contains(fault.code(), "detail 0x80100069");
        }
        desk.reader.willEndWith(new CardReading.WrongPin(2));
        desk.tap();
        showsInBothLanguages("暗証番号が違います", "The PIN is wrong");
        desk.reader.willEndWith(new CardReading.PinBlocked());
        desk.tap();
        showsInBothLanguages("暗証番号がロックされています", "The PIN is blocked");
        desk.reader.willEndWith(new CardReading.LastTry());
        desk.tap();
        showsInBothLanguages("残り 1 回です", "One try is left");
    }

    @Test
    void a_reading_asks_to_leave_the_card_where_it_is() {
        desk.reader.put(DeskFixture.CARD_A);
        var _ = desk.reader.hold();
        browser.open("/");

        HttpResponse<String> answer = browser.send("/tap", Map.of("clinic", CLINIC, "method", "pin", "pin", "1234"));

        assertThat(answer.body()).contains("読み取り中です。カードを動かさないでください");
        showsInBothLanguages("読み取り中です", "Do not move the card");
    }

    @Test
    void waiting_no_answer_and_could_not_ask_are_three_different_texts() {
        desk.tap(DeskFixture.CARD_A);
        showsInBothLanguages("問い合わせています…", "Waiting for the answer");

        desk.timers.forEach(Runnable::run);
        showsInBothLanguages("取得失敗", "There is no answer yet");

        desk.edge.connection(new ConnectionState.Offline(DeskFixture.MORNING, ConnectionState.Cause.TLS));
        desk.tap(DeskFixture.CARD_A);
        showsInBothLanguages("まだ問い合わせていません", "Not asked yet");
    }

    @Test
    void a_card_that_cannot_be_asked_about_is_to_be_tapped_again() {
        desk.edge.unusable(desk.tap(DeskFixture.CARD_A).check());

        showsInBothLanguages("照会できません", "Could not be asked");
        showsInBothLanguages("もう一度カードを読み取ってください", "Read the card again");
        assertThat(showsInBothLanguages("後日確認", "Deferred")).doesNotContain("取得失敗", "There is no answer yet");

        desk.answerValid(desk.tap(DeskFixture.CARD_A).check(), "田中 一郎");
        showsInBothLanguages("有効", "Valid");
    }

    @Test
    void a_valid_answer_shows_the_coverage_and_a_negative_one_says_what_to_do() {
        desk.answerValid(desk.tap(DeskFixture.CARD_A).check(), "田中 一郎");
        assertThat(showsInBothLanguages("有効", "Valid")).contains("田中 一郎", "1234", "1980-04-01");

        desk.edge.answer(desk.tap(DeskFixture.CARD_B).check(), new Answer.NotFound());
        showsInBothLanguages("この資格は無効です", "This eligibility is invalid");
        showsInBothLanguages("資格確認書など、ほかの書類", "Ask for another document");
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
                .contains("D18", "この日の問い合わせは「無効」でした", "name=\"despite\" value=\"" + tap.check() + "\"");
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
        showsInBothLanguages("新しい確認は紙に控えてください", "Write new checks on paper");

        browser.send("/clock", Map.of("date", "2026-11-20"));

        assertThat(desk.edge.clockDoubtful).isFalse();
    }

    @Test
    void whether_the_reader_takes_long_commands_is_told_to_the_supplier() {
        assertThat(browser.open("/").body()).doesNotContain("拡張APDU");

        desk.reader.name = "Reader 0";
        showsInBothLanguages("拡張APDU(256バイトを超えるやりとり): 不明", "Extended APDU (more than 256 bytes at once): unknown");
        desk.reader.extended = ExtendedApdu.NO;
        showsInBothLanguages("拡張APDU(256バイトを超えるやりとり): 非対応", "not supported");
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

    private String showsInBothLanguages(String japanese, String english) {
        assertThat(browser.open("/?lang=en").body()).contains(escaped(english));
        String page = browser.open("/?lang=ja").body();
        assertThat(page).contains(escaped(japanese));
        return page;
    }

    private static String escaped(String text) {
        return text.replace("\"", "&quot;").replace("'", "&#39;");
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
