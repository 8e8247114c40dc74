package jp.kakunin.edge.desk;

import java.util.List;
import java.util.Map;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.outbox.Remarked;

/// Records that the hub let take no effect: one with a row in the list of visits, and one without.
final class SetAside {
    private SetAside() {}

    static void facts(DeskFixture desk) {
        Fact.CheckRecorded check = desk.edge.check(desk.tap(DeskFixture.CARD_A).check());
        var beside = check.envelope().beside(desk.edge.ids.fact(), DeskFixture.MORNING, false);
        Fact withdrawal = new Fact.FactWithdrawn(beside, check.id(), Fact.WithdrawalReason.MISTAKE);
        desk.edge.elsewhere = List.of(withdrawal);
        desk.edge.remarks = Map.of(
                check.id(),
                new Remarked(Outcome.QUARANTINED, QuarantineReason.CLOCK_DOUBTFUL),
                withdrawal.id(),
                new Remarked(Outcome.REFUSED, null));
        desk.edge.send();
    }
}
