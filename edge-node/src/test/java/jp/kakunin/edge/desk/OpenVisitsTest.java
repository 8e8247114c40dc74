package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Deadline;
import jp.kakunin.domain.Stage;
import org.junit.jupiter.api.Test;

final class OpenVisitsTest extends OpenDesk {
    @Test
    void what_is_not_confirmed_is_listed_across_days_and_months_the_nearest_date_first() {
        defer("山田 花子");
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        desk.later(9);
        defer("佐藤 次郎");
        desk.later(5);
        defer("鈴木 三郎");

        assertThat(desk.book().open())
                .extracting(visit ->
                        visit.judged().treatmentDate() + " " + visit.deadline().kind())
                .containsExactly("2026-11-20 FILING", "2026-11-20 FILING", "2026-11-29 FILING", "2026-12-04 DUE");

        desk.answerValid(tap.check(), "高橋 四郎");
        assertThat(desk.book().open()).hasSize(3);
        String page = browser.open("/open").body();
        assertThat(page)
                .contains("山田 花子", "佐藤 次郎", "鈴木 三郎", "申請日 12月10日(木)(1週間以内)", "期限 12月31日(木)(まだ先)")
                .doesNotContain("高橋 四郎");
        assertThat(page.indexOf("山田 花子")).isLessThan(page.indexOf("鈴木 三郎"));
    }

    @Test
    void a_visit_tells_how_near_its_date_is() {
        defer("山田 花子");

        assertThat(desk.onlyVisit().deadline().stage()).isEqualTo(Stage.LATER);
        desk.later(8);
        DeskVisit visit = desk.book().open().getFirst();
        assertThat(visit.deadline())
                .isEqualTo(
                        new Deadline(Deadline.Kind.DUE, visit.judged().month().due(), Stage.THREE_DAYS));
        assertThat(browser.open("/visit?id=" + visit.judged().visit()).body()).contains("期限 11月30日(月)(3日以内)");
    }

    @Test
    void nothing_is_listed_when_everything_is_confirmed_or_gone() {
        assertThat(browser.open("/open").body()).contains("すべて確認済みです。");
        defer("山田 花子");
        desk.later(42);

        assertThat(desk.book().open()).isEmpty();
    }

    @Test
    void an_answered_check_has_its_proof_number_at_the_visit_whatever_the_answer() {
        Tap.Recorded valid = desk.tap(DeskFixture.CARD_A);
        DeskVisit waiting = desk.onlyVisit();
        assertThat(waiting.numbers()).isEmpty();
        assertThat(browser.open("/visit?id=" + valid.visit()).body()).doesNotContain("確認番号");

        desk.answerValid(valid.check(), "高橋 四郎");
        Tap.Recorded refused = desk.tap(DeskFixture.CARD_B);
        desk.edge.answer(refused.check(), new Answer.Invalid(null));

        for (Tap.Recorded each : List.of(valid, refused)) {
            DeskVisit visit = desk.book().visit(each.visit()).orElseThrow();
            String number = String.valueOf(visit.numbers().get(each.check()));
            assertThat(browser.open("/visit?id=" + each.visit()).body())
                    .contains("確認番号", "value=\"" + number + "\"", "data-copy=\"proof\"");
            assertThat(VisitJson.of(visit, Texts.in(Language.EN)).getMap()).containsEntry("proofNumber", number);
        }
    }

    private void defer(String name) {
        desk.commands.defer(Map.of("patientName", name)).join();
    }
}
