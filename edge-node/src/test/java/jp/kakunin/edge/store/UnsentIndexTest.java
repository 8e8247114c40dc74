package jp.kakunin.edge.store;

import static jp.kakunin.edge.store.Facts.CLINIC;
import static jp.kakunin.edge.store.Facts.NOVEMBER;
import static jp.kakunin.edge.store.Facts.check;
import static jp.kakunin.edge.store.Facts.withCard;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.exchange.Reply;
import jp.kakunin.outbox.LastHeard;
import jp.kakunin.outbox.Outbox;
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

    private void number(Fact fact) {
        outbox = outbox.number(fact.id(), NOVEMBER, store.encoded(CLINIC, NOVEMBER, fact.id()));
        store.number(CLINIC, outbox);
    }
}
