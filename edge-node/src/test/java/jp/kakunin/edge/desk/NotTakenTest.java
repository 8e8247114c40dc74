package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.outbox.Remarked;
import org.junit.jupiter.api.Test;

/// What took no effect at the hub and has no row in the list of visits.
final class NotTakenTest extends OpenDesk {
    @Test
    void a_record_without_a_row_in_the_list_is_told_apart_with_reason_and_remedy() {
        Tap.Recorded tap = desk.tap(DeskFixture.CARD_A);
        Fact.CheckRecorded check = desk.edge.check(tap.check());
        desk.edge.send();
        assertThat(browser.open("/").body()).doesNotContain("受け付けられていません");
        LocalDate inAnotherYear = LocalDate.of(2029, 11, 20);
        Fact.CheckRecorded strange = new Fact.CheckRecorded(
                new Envelope(
                        desk.edge.ids.fact(),
                        DeskFixture.CLINIC,
                        check.envelope().patient(),
                        TreatmentMonth.of(inAnotherYear),
                        Instant.parse("2029-11-20T01:32:00Z"),
                        true),
                desk.edge.ids.visit(),
                desk.edge.ids.check(),
                VisitKind.INITIAL,
                inAnotherYear,
                new Evidence.None(Evidence.Reason.NO_CARD),
                null,
                null,
                null,
                null);
        Envelope beside = check.envelope().beside(desk.edge.ids.fact(), DeskFixture.MORNING, false);
        Fact withdrawal = new Fact.FactWithdrawn(beside, check.id(), Fact.WithdrawalReason.MISTAKE);
        desk.edge.elsewhere = List.of(strange, withdrawal);
        desk.edge.remarks = Map.of(
                check.id(),
                new Remarked(Outcome.QUARANTINED, QuarantineReason.DEVICE_REVOKED),
                strange.id(),
                new Remarked(Outcome.QUARANTINED, QuarantineReason.FUTURE_DATE),
                withdrawal.id(),
                new Remarked(Outcome.REFUSED, null),
                desk.edge.ids.fact(),
                new Remarked(Outcome.QUARANTINED, QuarantineReason.UNKNOWN_SCHEMA));
        desk.edge.send();

        browser.showsInBothLanguages("記録 3 件が、センターで受け付けられていません", "3 records that are not in the list");
        browser.showsInBothLanguages("2029 11月20日(火) の施術の記録", "Record of the visit of 2029 Tue 20 Nov");
        browser.showsInBothLanguages("PC の日付を直し", "Set the date of the PC right");
        browser.showsInBothLanguages("取り消しの記録", "Record that something was taken back");
        browser.showsInBothLanguages("この版では読み取れない記録", "Record that this version cannot read");
        // The visit of today is in its own day's list, and told apart on the page of another day.
        assertThat(browser.open("/?date=2026-11-19").body())
                .contains("記録 4 件が", "<a href=\"/visit?id=" + tap.visit() + "\">2026 11月20日(金) の施術の記録</a>");
    }
}
