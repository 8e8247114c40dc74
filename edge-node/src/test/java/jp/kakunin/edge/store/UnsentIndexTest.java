package jp.kakunin.edge.store;

import static jp.kakunin.edge.store.Facts.CLINIC;
import static jp.kakunin.edge.store.Facts.NOVEMBER;
import static jp.kakunin.edge.store.Facts.answer;
import static jp.kakunin.edge.store.Facts.check;
import static jp.kakunin.edge.store.Facts.withCard;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.outbox.LastHeard;
import jp.kakunin.outbox.Numbered;
import jp.kakunin.outbox.Outbox;
import jp.kakunin.outbox.Remarked;
import jp.kakunin.outbox.Unsent;
import org.junit.jupiter.api.Test;

final class UnsentIndexTest {
    private static final Instant AFTER_THE_CLOSE = Instant.parse("2027-01-05T00:00:00Z");

    private final MemoryDisk disk = new MemoryDisk();
    private FactStore store = disk.open();
    private Outbox outbox = Outbox.begin(new Epoch(new UUID(1, 1)));

    @Test
    void of_a_closed_month_a_new_epoch_offers_only_what_no_hub_had() {
        store.number(CLINIC, outbox);
        store.record(List.of(withCard(check(1)), withCard(check(2)), withCard(check(3))));
        number(check(1));
        store.acknowledge(CLINIC, outbox.acknowledge(outbox.tip()), Map.of());
        outbox = outbox.acknowledge(outbox.tip());
        number(check(2));
        store.heard(new LastHeard(new Incarnation(new UUID(9, 9)), AFTER_THE_CLOSE, Reply.Policy.DEFAULT));

        store.reopen(CLINIC, new Epoch(new UUID(1, 2)));
        assertThat(store.unsent(CLINIC)).extracting(Unsent::id).containsExactlyInAnyOrder(check(2).id(), check(3).id());

        store = disk.open();
        assertThat(store.unsent(CLINIC)).extracting(Unsent::id).containsExactlyInAnyOrder(check(2).id(), check(3).id());
    }

    /// The version that pulled it could not read it and so did not know its id; this one can read it, and finds
    /// no row under that id. Offering it would look for such a row, in vain, and end the edge.
    @Test
    void what_an_older_version_pulled_and_could_not_read_is_shown_after_the_upgrade_and_not_offered() {
        store.number(CLINIC, outbox);
        store.record(List.of(withCard(check(1))));
        disk.pullUnread(NOVEMBER, CLINIC, FactCodec.encode(check(2)));
        disk.pullUnread(NOVEMBER, CLINIC, FactCodec.encode(answer(3, 1)));

        store = disk.open();
        store.reopen(CLINIC, new Epoch(new UUID(1, 2)));
        outbox = Outbox.begin(new Epoch(new UUID(1, 2)));

        for (Unsent unsent : List.copyOf(store.unsent(CLINIC))) {
            outbox = outbox.number(unsent.id(), NOVEMBER, store.encoded(CLINIC, NOVEMBER, unsent.id()));
        }
        store.number(CLINIC, outbox);
        assertThat(store.outgoing(CLINIC, outbox.numbered()))
                .extracting(SentFact::fact)
                .containsExactly(FactCodec.encode(check(1)));
        assertThat(store.facts(CLINIC, NOVEMBER)).containsExactlyInAnyOrder(check(1), check(2), answer(3, 1));
    }

    /// A hub that takes nothing from a stolen device says no more than REFUSED. Another hub, or the same one after
    /// the device was found, may take the fact: only a refusal with a reason is for good.
    @Test
    void a_fact_refused_without_a_reason_is_offered_again_in_a_new_epoch() {
        store.number(CLINIC, outbox);
        store.record(List.of(withCard(check(1)), withCard(check(2))));
        number(check(1));
        Map<Numbered, Remarked> refused = Map.of(outbox.numbered().getFirst(), new Remarked(Outcome.REFUSED, null));
        store.acknowledge(CLINIC, outbox.acknowledge(outbox.tip()), refused);
        store.setAside(CLINIC, NOVEMBER, check(2).id(), new Remarked(Outcome.REFUSED, QuarantineReason.TOO_LARGE));

        store.reopen(CLINIC, new Epoch(new UUID(1, 2)));
        assertThat(store.unsent(CLINIC)).extracting(Unsent::id).containsExactly(check(1).id());

        store = disk.open();
        assertThat(store.unsent(CLINIC)).extracting(Unsent::id).containsExactly(check(1).id());
    }

    private void number(Fact fact) {
        outbox = outbox.number(fact.id(), NOVEMBER, store.encoded(CLINIC, NOVEMBER, fact.id()));
        store.number(CLINIC, outbox);
    }
}
