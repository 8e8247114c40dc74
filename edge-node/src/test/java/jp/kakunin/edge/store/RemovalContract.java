package jp.kakunin.edge.store;

import static jp.kakunin.edge.store.Facts.ATTACHMENT;
import static jp.kakunin.edge.store.Facts.CLINIC;
import static jp.kakunin.edge.store.Facts.NOVEMBER;
import static jp.kakunin.edge.store.Facts.OCTOBER;
import static jp.kakunin.edge.store.Facts.OTHER_CLINIC;
import static jp.kakunin.edge.store.Facts.answer;
import static jp.kakunin.edge.store.Facts.check;
import static jp.kakunin.edge.store.Facts.envelope;
import static jp.kakunin.edge.store.Facts.withCard;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.Delivered;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.outbox.Admission;
import jp.kakunin.outbox.Feed;
import jp.kakunin.outbox.Outbox;
import jp.kakunin.outbox.Remarked;
import jp.kakunin.outbox.Told;
import jp.kakunin.outbox.Unsent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [FactStore] does when a clinic's declaration for this device has ended.
abstract class RemovalContract {
    private static final Feed FEED = new Feed(new UUID(7, 7), 2);
    private static final Cursor CURSOR = new Cursor(FactStoreContract.INCARNATION, Map.of(NOVEMBER, 1L));

    FactStore store;

    /// Opens the store on the disk of this test, as after a crash of the one opened before.
    abstract FactStore openAgain();

    @BeforeEach
    void open() {
        store = openAgain();
        store.heard(FactStoreContract.HEARD);
        for (InstitutionCode clinic : List.of(CLINIC, OTHER_CLINIC)) {
            store.number(clinic, Outbox.begin(FactStoreContract.EPOCH));
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void what_the_hub_has_goes_at_once_and_the_other_clinic_keeps_all() {
        Fact.CheckRecorded other = check(envelope(9, OTHER_CLINIC, NOVEMBER, false), 9, VisitKind.INITIAL, true);
        store.record(List.of(withCard(check(1)), withCard(check(2, OCTOBER, VisitKind.REPEAT, true)), withCard(other)));
        acknowledge(2);
        store.pull(CLINIC, List.of(delivered(answer(5, 1)), delivered(check(6))), CURSOR);
        store.tell(CLINIC, FEED, Map.of(NOVEMBER, Map.of(check(1).visit(), new Told(1, Facts.NOON, Digest.ZERO))));
        store.admission(CLINIC, new Admission(Refusal.DECLARATION_ENDED));
        assertThat(store.facts(CLINIC, NOVEMBER)).hasSize(3);

        assertThat(store.remove(CLINIC)).isTrue();

        for (int times = 0; times < 2; times++) {
            assertThat(store.facts(CLINIC, NOVEMBER)).isEmpty();
            assertThat(store.facts(CLINIC, OCTOBER)).isEmpty();
            assertThat(store.cursor(CLINIC)).isNull();
            assertThat(store.feed(CLINIC)).isNull();
            assertThat(store.told(CLINIC, NOVEMBER)).isEmpty();
            assertThat(store.admission(CLINIC).refusal()).isEqualTo(Refusal.DECLARATION_ENDED);
            assertThat(outbox().epoch()).isEqualTo(FactStoreContract.EPOCH);
            assertThat(store.facts(OTHER_CLINIC, NOVEMBER)).containsExactly(other);
            assertThat(store.unsent(OTHER_CLINIC)).extracting(Unsent::id).containsExactly(other.id());
            assertThat(store.remove(CLINIC)).isFalse();
            store = openAgain();
        }
    }

    @Test
    void what_no_hub_has_stays_with_its_evidence_until_a_hub_has_it() {
        store.record(List.of(withCard(check(1)), withCard(check(2)), withCard(check(3))));
        acknowledge(1);
        number(1);

        assertThat(store.remove(CLINIC)).isTrue();

        store = openAgain();
        assertThat(store.facts(CLINIC, NOVEMBER)).containsExactlyInAnyOrder(check(2), check(3));
        assertThat(store.unacknowledged(CLINIC)).containsExactlyInAnyOrder(check(2).id(), check(3).id());
        assertThat(store.outgoing(CLINIC, outbox().numbered()))
                .containsExactly(new SentFact(2, FactCodec.encode(check(2)), ATTACHMENT));
        assertThat(store.remove(CLINIC)).isFalse();

        acknowledge(0);
        acknowledge(1);
        assertThat(store.remove(CLINIC)).isTrue();
        store = openAgain();
        assertThat(store.facts(CLINIC, NOVEMBER)).isEmpty();
        assertThat(store.unacknowledged(CLINIC)).isEmpty();
    }

    @Test
    void what_no_hub_would_take_stays_until_its_month_closes() {
        store.record(List.of(withCard(check(1))));
        store.setAside(CLINIC, NOVEMBER, check(1).id(), new Remarked(Outcome.REFUSED, QuarantineReason.TOO_LARGE));

        assertThat(store.remove(CLINIC)).isFalse();

        store = openAgain();
        assertThat(store.facts(CLINIC, NOVEMBER)).containsExactly(check(1));
        assertThat(store.remarks(CLINIC, NOVEMBER)).hasSize(1);
        assertThat(store.forget(NOVEMBER, List.of(CLINIC, OTHER_CLINIC), () -> new Epoch(new UUID(9, 9))))
                .isTrue();
        assertThat(store.facts(CLINIC, NOVEMBER)).isEmpty();
    }

    @Test
    void another_life_of_the_hub_is_offered_what_was_left() {
        store.record(List.of(withCard(check(1)), withCard(check(2))));
        acknowledge(1);
        store.remove(CLINIC);
        store.reopen(CLINIC, FactStoreContract.SECOND_EPOCH);
        store = openAgain();
        assertThat(store.unsent(CLINIC)).extracting(Unsent::id).containsExactly(check(2).id());
        acknowledge(1);
        assertThat(store.remove(CLINIC)).isTrue();
        assertThat(store.facts(CLINIC, NOVEMBER)).isEmpty();
    }

    @Test
    void a_clinic_that_is_declared_again_begins_with_nothing_and_reads_all() {
        store.record(List.of(withCard(check(1))));
        acknowledge(1);
        store.remove(CLINIC);
        store.admission(CLINIC, Admission.GRANTED);

        store.pull(CLINIC, List.of(delivered(check(1)), delivered(answer(5, 1))), CURSOR);
        store.record(List.of(withCard(check(2))));

        store = openAgain();
        assertThat(store.facts(CLINIC, NOVEMBER)).containsExactlyInAnyOrder(check(1), check(2), answer(5, 1));
        assertThat(store.cursor(CLINIC)).isEqualTo(CURSOR);
        assertThat(store.unsent(CLINIC)).extracting(Unsent::id).containsExactly(check(2).id());
    }

    final void acknowledge(int more) {
        number(more);
        Outbox outbox = outbox();
        store.acknowledge(CLINIC, outbox.acknowledge(outbox.tip()), Map.of());
    }

    private void number(int count) {
        Outbox outbox = outbox();
        for (Unsent unsent : store.unsent(CLINIC).stream().limit(count).toList()) {
            outbox = outbox.number(unsent.id(), unsent.month(), store.encoded(CLINIC, unsent.month(), unsent.id()));
        }
        store.number(CLINIC, outbox);
    }

    private Outbox outbox() {
        return Objects.requireNonNull(store.outbox(CLINIC));
    }

    private static Delivered delivered(Fact fact) {
        return new Delivered(fact.envelope().month(), 1, FactCodec.encode(fact));
    }
}
