package jp.kakunin.edge.store;

import static jp.kakunin.edge.store.Facts.CLINIC;
import static jp.kakunin.edge.store.Facts.NOVEMBER;
import static jp.kakunin.edge.store.Facts.OCTOBER;
import static jp.kakunin.edge.store.Facts.OTHER_CLINIC;
import static jp.kakunin.edge.store.Facts.check;
import static jp.kakunin.edge.store.Facts.envelope;
import static jp.kakunin.edge.store.Facts.later;
import static jp.kakunin.edge.store.Facts.withCard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.Delivered;
import jp.kakunin.outbox.Feed;
import jp.kakunin.outbox.Outbox;
import jp.kakunin.outbox.Told;
import jp.kakunin.outbox.TooLate;
import jp.kakunin.outbox.Unsent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [FactStore] does when the law says that a month must be gone.
abstract class ForgettingContract {
    private static final Epoch FRESH = new Epoch(new UUID(9, 9));

    FactStore store;

    /// Opens the store on the disk of this test, as after a crash of the one opened before.
    abstract FactStore openAgain();

    @BeforeEach
    void open() {
        store = openAgain();
        store.number(CLINIC, Outbox.begin(FactStoreContract.EPOCH));
        store.heard(FactStoreContract.HEARD);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_month_goes_with_all_older_ones_and_the_newer_ones_stay() {
        store.record(List.of(october(1, false), withCard(check(2)), of(OCTOBER.previous(), 3)));
        assertThat(store.facts(CLINIC, OCTOBER)).hasSize(1);

        assertThat(forget(OCTOBER)).isTrue();

        for (int times = 0; times < 2; times++) {
            assertThat(store.facts(CLINIC, OCTOBER)).isEmpty();
            assertThat(store.facts(CLINIC, OCTOBER.previous())).isEmpty();
            assertThat(store.facts(CLINIC, NOVEMBER)).containsExactly(check(2));
            assertThat(store.unsent(CLINIC)).extracting(Unsent::id).containsExactly(check(2).id());
            assertThat(forget(OCTOBER)).isFalse();
            store = openAgain();
        }
    }

    @Test
    void what_receipt_computers_were_told_survives_a_crash_and_goes_with_its_month() {
        VisitId visit = check(1).visit();
        Told told = new Told(1, Facts.NOON, Digest.ZERO);
        Feed feed = new Feed(new UUID(7, 7), 2);
        store.record(List.of(october(1, false), withCard(check(2))));
        store.tell(CLINIC, feed, Map.of(OCTOBER, Map.of(visit, told), NOVEMBER, Map.of(check(2).visit(), told)));
        store = openAgain();
        assertThat(store.told(CLINIC, OCTOBER)).isEqualTo(Map.of(visit, told));
        assertThat(store.told(OTHER_CLINIC, OCTOBER)).isEmpty();

        forget(OCTOBER);
        store.tell(CLINIC, feed, Map.of(OCTOBER, Map.of(visit, told)));

        store = openAgain();
        assertThat(store.told(CLINIC, OCTOBER)).isEmpty();
        assertThat(store.told(CLINIC, NOVEMBER)).hasSize(1);
        assertThat(store.feed(CLINIC)).isEqualTo(feed);
        assertThat(store.feed(OTHER_CLINIC)).isNull();
    }

    @Test
    void what_no_hub_has_heard_of_is_counted_once() {
        store.record(List.of(october(1, false), october(2, false), october(3, false), october(4, false)));
        number(1, 2);
        acknowledge(1);
        forget(OCTOBER);
        forget(OCTOBER);
        store = openAgain();
        assertThat(store.tooLate(CLINIC)).isEqualTo(new TooLate(Map.of(OCTOBER, 3)));
    }

    @Test
    void a_stream_that_had_numbered_some_of_it_ends() {
        store.record(List.of(october(1, false), withCard(check(2))));
        number(1);
        forget(OCTOBER);
        store = openAgain();
        assertThat(store.outbox(CLINIC)).isEqualTo(Outbox.begin(FRESH));
        assertThat(store.unsent(CLINIC)).extracting(Unsent::id).containsExactly(check(2).id());
    }

    @Test
    void a_stream_that_had_numbered_none_of_it_goes_on() {
        store.record(List.of(october(1, false), withCard(check(2))));
        number(2);
        Outbox before = outbox();
        forget(OCTOBER);
        assertThat(store.outbox(CLINIC)).isEqualTo(before);
        assertThat(store.outgoing(CLINIC, before.numbered())).hasSize(1);
    }

    @Test
    void what_a_doubtful_clock_dated_is_kept_until_the_hub_has_it() {
        store.record(List.of(october(1, true)));
        assertThat(forget(OCTOBER)).isFalse();
        number(1);
        assertThat(forget(OCTOBER)).isFalse();
        acknowledge(1);
        assertThat(forget(OCTOBER)).isTrue();
        assertThat(store.tooLate(CLINIC)).isEqualTo(TooLate.NONE);
    }

    @Test
    void an_older_month_that_is_kept_keeps_no_newer_one() {
        store.record(List.of(
                later(check(envelope(1, CLINIC, OCTOBER.previous(), true), 1, VisitKind.INITIAL, false)),
                october(2, false)));
        assertThat(forget(OCTOBER)).isTrue();
        store = openAgain();
        assertThat(store.facts(CLINIC, OCTOBER)).isEmpty();
        assertThat(store.facts(CLINIC, OCTOBER.previous())).hasSize(1);
    }

    @Test
    void nothing_can_be_added_to_a_month_that_is_gone() {
        store.record(List.of(october(1, false)));
        forget(OCTOBER);
        assertThatThrownBy(() -> store.record(List.of(october(2, false))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("forgotten by law");
        Fact late = check(3, OCTOBER, VisitKind.REPEAT, false);
        store.pull(
                CLINIC,
                List.of(new Delivered(OCTOBER, 1, FactCodec.encode(late))),
                new Cursor(FactStoreContract.INCARNATION, Map.of(OCTOBER, 1L)));
        store = openAgain();
        assertThat(store.facts(CLINIC, OCTOBER)).isEmpty();
    }

    @Test
    void the_other_clinic_of_the_site_forgets_with_it() {
        store.number(OTHER_CLINIC, Outbox.begin(FactStoreContract.EPOCH));
        store.record(List.of(later(check(envelope(1, OTHER_CLINIC, OCTOBER, false), 1, VisitKind.INITIAL, false))));
        forget(OCTOBER);
        assertThat(store.facts(OTHER_CLINIC, OCTOBER)).isEmpty();
        assertThat(store.tooLate(OTHER_CLINIC)).isEqualTo(new TooLate(Map.of(OCTOBER, 1)));
        assertThat(store.tooLate(CLINIC)).isEqualTo(TooLate.NONE);
    }

    private boolean forget(TreatmentMonth through) {
        Supplier<Epoch> fresh = () -> FRESH;
        return store.forget(through, List.of(CLINIC, OTHER_CLINIC), fresh);
    }

    private Outbox outbox() {
        return Objects.requireNonNull(store.outbox(CLINIC));
    }

    private void number(int... facts) {
        Outbox outbox = outbox();
        for (int n : facts) {
            for (Unsent unsent : List.copyOf(store.unsent(CLINIC))) {
                if (unsent.id().equals(check(n).id())) {
                    outbox = outbox.number(
                            unsent.id(), unsent.month(), store.encoded(CLINIC, unsent.month(), unsent.id()));
                }
            }
        }
        store.number(CLINIC, outbox);
    }

    private void acknowledge(int count) {
        Outbox outbox = outbox();
        store.acknowledge(
                CLINIC, outbox.acknowledge(outbox.numbered().get(count - 1).position()), Map.of());
    }

    private static NewFact october(int n, boolean clockDoubtful) {
        return later(check(envelope(n, CLINIC, OCTOBER, clockDoubtful), n, VisitKind.INITIAL, false));
    }

    private static NewFact of(TreatmentMonth month, int n) {
        return later(check(n, month, VisitKind.REPEAT, false));
    }
}
