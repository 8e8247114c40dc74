package jp.kakunin.edge.store;

import static jp.kakunin.edge.store.Facts.ATTACHMENT;
import static jp.kakunin.edge.store.Facts.CLINIC;
import static jp.kakunin.edge.store.Facts.NOVEMBER;
import static jp.kakunin.edge.store.Facts.OCTOBER;
import static jp.kakunin.edge.store.Facts.OTHER_CLINIC;
import static jp.kakunin.edge.store.Facts.answer;
import static jp.kakunin.edge.store.Facts.check;
import static jp.kakunin.edge.store.Facts.later;
import static jp.kakunin.edge.store.Facts.quarantined;
import static jp.kakunin.edge.store.Facts.unusable;
import static jp.kakunin.edge.store.Facts.withCard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.Delivered;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply.Policy;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.outbox.Admission;
import jp.kakunin.outbox.LastHeard;
import jp.kakunin.outbox.Numbered;
import jp.kakunin.outbox.Outbox;
import jp.kakunin.outbox.Remarked;
import jp.kakunin.outbox.TooLate;
import jp.kakunin.outbox.Unsent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [FactStore] does. Each test looks at the store as a restart after a crash finds it.
public abstract class FactStoreContract {
    static final Epoch EPOCH = new Epoch(new UUID(1, 1));
    static final Epoch SECOND_EPOCH = new Epoch(new UUID(1, 2));
    static final Incarnation INCARNATION = new Incarnation(new UUID(2, 1));
    static final LastHeard HEARD = new LastHeard(INCARNATION, Facts.NOON, Policy.DEFAULT);

    FactStore store;

    protected FactStoreContract() {}

    /// Opens the store on the disk of this test, as after a crash of the one opened before.
    protected abstract FactStore openAgain();

    @BeforeEach
    void open() {
        store = openAgain();
    }

    @AfterEach
    void close() {
        store.close();
    }

    void crash() {
        store = openAgain();
    }

    @Test
    void what_was_recorded_is_there_after_a_crash() {
        store.record(List.of(withCard(check(1)), later(check(2, OCTOBER, VisitKind.REPEAT, false))));
        crash();
        assertThat(store.facts(CLINIC, NOVEMBER)).containsExactly(check(1));
        assertThat(store.facts(CLINIC, OCTOBER)).containsExactly(check(2, OCTOBER, VisitKind.REPEAT, false));
        assertThat(store.facts(OTHER_CLINIC, NOVEMBER)).isEmpty();
    }

    @Test
    void a_month_that_was_looked_at_shows_what_came_since_as_after_a_crash() {
        begin();
        store.record(List.of(withCard(check(1))));
        assertThat(store.facts(CLINIC, NOVEMBER)).containsExactly(check(1));

        store.record(List.of(withCard(check(2)), withCard(check(1))));
        pull(List.of(delivered(1, check(1)), delivered(2, check(7))));

        assertThat(store.facts(CLINIC, NOVEMBER)).containsExactly(check(1), check(2), check(7));
        crash();
        assertThat(store.facts(CLINIC, NOVEMBER)).containsExactly(check(1), check(2), check(7));
    }

    @Test
    void recording_a_fact_twice_changes_nothing() {
        store.record(List.of(withCard(check(1))));
        store.record(List.of(withCard(check(1))));
        crash();
        assertThat(store.facts(CLINIC, NOVEMBER)).hasSize(1);
        assertThat(store.unsent(CLINIC)).hasSize(1);
    }

    @Test
    void a_fact_twice_in_one_call_is_one_fact() {
        store.record(List.of(withCard(check(1)), withCard(check(1))));
        assertThat(store.unsent(CLINIC)).hasSize(1);
        crash();
        assertThat(store.unsent(CLINIC)).hasSize(1);
    }

    @Test
    void unsent_facts_come_closing_month_first_then_first_visits_then_evidence_then_oldest() {
        store.record(List.of(
                later(check(1, NOVEMBER, VisitKind.REPEAT, false)),
                later(check(2, NOVEMBER, VisitKind.REPEAT, true)),
                later(check(3, NOVEMBER, VisitKind.INITIAL, false)),
                later(check(5, NOVEMBER, VisitKind.INITIAL, true)),
                later(check(4, NOVEMBER, VisitKind.INITIAL, true)),
                later(check(6, OCTOBER, VisitKind.REPEAT, false))));
        crash();
        assertThat(unsentIds())
                .containsExactly(
                        check(6).id(), check(4).id(), check(5).id(), check(3).id(), check(2).id(), check(1).id());
    }

    @Test
    void numbered_facts_are_not_unsent_and_go_out_with_their_attachments() {
        store.record(List.of(withCard(check(1)), later(check(2))));
        Outbox outbox = numberFirst(1);
        crash();
        assertThat(store.outbox(CLINIC)).isEqualTo(outbox);
        assertThat(unsentIds()).containsExactly(check(2).id());
        assertThat(store.outgoing(CLINIC, outbox.numbered()))
                .containsExactly(new SentFact(1, FactCodec.encode(check(1)), ATTACHMENT));
        assertThat(store.unacknowledged(CLINIC)).containsExactlyInAnyOrder(check(1).id(), check(2).id());
    }

    @Test
    void an_acknowledgement_keeps_the_pair_and_the_remarks() {
        store.record(List.of(withCard(check(1)), withCard(check(2))));
        Outbox outbox = numberFirst(2);
        Remarked remarked = new Remarked(Outcome.QUARANTINED, QuarantineReason.CLOCK_DOUBTFUL);
        Outbox moved = outbox.acknowledge(outbox.tip());
        store.acknowledge(CLINIC, moved, Map.of(outbox.numbered().getFirst(), remarked));
        crash();
        assertThat(store.outbox(CLINIC)).isEqualTo(moved);
        assertThat(store.remarks(CLINIC, NOVEMBER)).containsExactly(Map.entry(check(1).id(), remarked));
        assertThat(store.unacknowledged(CLINIC)).isEmpty();
        assertThat(store.facts(CLINIC, NOVEMBER)).hasSize(2);
    }

    @Test
    void facts_that_came_too_late_are_counted_once_each_until_that_was_seen() {
        Remarked late = new Remarked(Outcome.TOO_LATE, null);
        store.record(List.of(withCard(check(1)), withCard(check(2))));
        for (Epoch epoch : List.of(EPOCH, SECOND_EPOCH)) {
            store.reopen(CLINIC, epoch);
            Outbox outbox = numberFirst(2, epoch);
            Map<Numbered, Remarked> remarks =
                    Map.of(outbox.numbered().getFirst(), late, outbox.numbered().getLast(), late);
            store.acknowledge(CLINIC, outbox.acknowledge(outbox.tip()), remarks);
        }
        crash();
        assertThat(store.tooLate(CLINIC)).isEqualTo(new TooLate(Map.of(NOVEMBER, 2)));
        assertThat(store.tooLate(OTHER_CLINIC)).isEqualTo(TooLate.NONE);

        store.tooLateSeen(CLINIC, new TooLate(Map.of(NOVEMBER, 2, OCTOBER, 1)));
        crash();
        assertThat(store.tooLate(CLINIC)).isEqualTo(TooLate.NONE);
        assertThat(store.remarks(CLINIC, NOVEMBER)).hasSize(2);
    }

    @Test
    void a_fact_that_takes_effect_in_a_new_epoch_loses_its_remark() {
        store.record(List.of(withCard(check(1))));
        Outbox outbox = numberFirst(1);
        Remarked early = new Remarked(Outcome.QUARANTINED, QuarantineReason.FUTURE_DATE);
        store.acknowledge(
                CLINIC,
                outbox.acknowledge(outbox.tip()),
                Map.of(outbox.numbered().getFirst(), early));
        store.reopen(CLINIC, SECOND_EPOCH);
        crash();
        assertThat(store.remarks(CLINIC, NOVEMBER)).containsValue(early);
        Outbox again = Outbox.begin(SECOND_EPOCH)
                .number(check(1).id(), NOVEMBER, store.encoded(CLINIC, NOVEMBER, check(1).id()));
        store.number(CLINIC, again);
        store.acknowledge(CLINIC, again.acknowledge(again.tip()), Map.of());
        crash();
        assertThat(store.remarks(CLINIC, NOVEMBER)).isEmpty();
    }

    @Test
    void a_new_epoch_offers_everything_again_and_what_others_recorded_last() {
        store.record(List.of(withCard(check(1)), later(check(2, NOVEMBER, VisitKind.REPEAT, false))));
        Outbox outbox = numberFirst(2);
        store.acknowledge(CLINIC, outbox.acknowledge(outbox.tip()), Map.of());
        pull(List.of(
                delivered(1, check(7, OCTOBER, VisitKind.INITIAL, true)),
                delivered(2, answer(8, 1)),
                delivered(3, quarantined(9)),
                delivered(4, unusable(10, 7))));
        assertThat(unsentIds()).isEmpty();
        store.reopen(CLINIC, SECOND_EPOCH);
        crash();
        assertThat(store.outbox(CLINIC)).isEqualTo(Outbox.begin(SECOND_EPOCH));
        assertThat(unsentIds())
                .containsExactlyInAnyOrder(
                        check(1).id(), answer(8, 1).id(), unusable(10, 7).id(), check(2).id(), check(7).id())
                .endsWith(check(7).id());
    }

    @Test
    void what_the_hub_delivers_again_need_not_be_offered_again() {
        begin();
        pull(List.of(delivered(1, check(7)), delivered(2, check(8))));
        store.reopen(CLINIC, SECOND_EPOCH);
        pull(List.of(delivered(1, check(7))));
        assertThat(unsentIds()).containsExactly(check(8).id());
        crash();
        assertThat(unsentIds()).containsExactly(check(8).id());
    }

    @Test
    void numbered_facts_are_unsent_again_in_a_new_epoch() {
        store.record(List.of(withCard(check(1))));
        numberFirst(1);
        store.reopen(CLINIC, SECOND_EPOCH);
        crash();
        assertThat(unsentIds()).containsExactly(check(1).id());
    }

    @Test
    void a_fact_set_aside_is_kept_but_never_offered_again() {
        store.record(List.of(withCard(check(1)), withCard(check(2))));
        store.setAside(CLINIC, NOVEMBER, check(1).id(), new Remarked(Outcome.REFUSED, QuarantineReason.TOO_LARGE));
        store.reopen(CLINIC, SECOND_EPOCH);
        crash();
        assertThat(unsentIds()).containsExactly(check(2).id());
        assertThat(store.facts(CLINIC, NOVEMBER)).hasSize(2);
    }

    @Test
    void a_fact_that_the_hub_holds_in_quarantine_is_offered_again_in_a_new_epoch() {
        store.record(List.of(withCard(check(1))));
        Outbox numbered =
                Outbox.begin(EPOCH).number(check(1).id(), NOVEMBER, store.encoded(CLINIC, NOVEMBER, check(1).id()));
        store.number(CLINIC, numbered);
        Numbered first = numbered.numbered().getFirst();
        Remarked held = new Remarked(Outcome.QUARANTINED, QuarantineReason.TOO_LARGE);
        store.acknowledge(CLINIC, numbered.acknowledge(first.position()), Map.of(first, held));
        store.reopen(CLINIC, SECOND_EPOCH);
        crash();
        assertThat(unsentIds()).containsExactly(check(1).id());
    }

    @Test
    void pulled_facts_and_cursor_are_kept_together() {
        begin();
        Cursor cursor = pull(List.of(delivered(1, check(7))));
        crash();
        assertThat(store.cursor(CLINIC)).isEqualTo(cursor);
        assertThat(store.facts(CLINIC, NOVEMBER)).containsExactly(check(7));
        assertThat(store.unsent(CLINIC)).isEmpty();
    }

    @Test
    void an_own_fact_that_comes_back_stays_one_and_own() {
        store.record(List.of(withCard(check(1))));
        begin();
        pull(List.of(delivered(1, check(1))));
        crash();
        assertThat(store.facts(CLINIC, NOVEMBER)).containsExactly(check(1));
        assertThat(unsentIds()).containsExactly(check(1).id());
    }

    @Test
    void an_attachment_goes_when_its_check_is_answered_valid() {
        store.record(List.of(withCard(check(1))));
        Outbox outbox = numberFirst(1);
        pull(List.of(delivered(1, answer(8, 1))));
        crash();
        assertThat(store.outgoing(CLINIC, outbox.numbered()).getFirst().attachment())
                .isNull();
    }

    @Test
    void a_fact_of_a_newer_version_is_kept_out_of_sight() {
        begin();
        byte[] newer = FactCodec.encode(check(1));
        newer[2]++;
        store.pull(CLINIC, List.of(new Delivered(NOVEMBER, 1, newer)), new Cursor(INCARNATION, Map.of(NOVEMBER, 1L)));
        crash();
        assertThat(store.cursor(CLINIC)).isNotNull();
        assertThat(store.facts(CLINIC, NOVEMBER)).isEmpty();
        assertThat(store.unsent(CLINIC)).isEmpty();
    }

    @Test
    void rewinding_forgets_the_cursor_and_nothing_else() {
        begin();
        pull(List.of(delivered(1, check(7))));
        store.rewind(CLINIC);
        crash();
        assertThat(store.cursor(CLINIC)).isNull();
        assertThat(store.facts(CLINIC, NOVEMBER)).hasSize(1);
    }

    @Test
    void another_life_of_the_hub_means_new_epochs_and_no_cursors() {
        store.heard(HEARD);
        store.record(List.of(withCard(check(1))));
        Outbox outbox = numberFirst(1);
        store.acknowledge(CLINIC, outbox.acknowledge(outbox.tip()), Map.of());
        pull(List.of());
        LastHeard next = new LastHeard(new Incarnation(new UUID(2, 2)), Facts.NOON, Policy.DEFAULT);
        store.restart(next, Map.of(CLINIC, SECOND_EPOCH));
        crash();
        assertThat(store.lastHeard()).isEqualTo(next);
        assertThat(store.cursor(CLINIC)).isNull();
        assertThat(unsentIds()).containsExactly(check(1).id());
    }

    @Test
    void what_the_hub_said_last_is_kept() {
        store.heard(HEARD);
        crash();
        assertThat(store.lastHeard()).isEqualTo(HEARD);
    }

    @Test
    void whether_the_hub_lets_it_read_is_kept_for_each_clinic() {
        assertThat(store.admission(CLINIC)).isEqualTo(Admission.GRANTED);
        store.admission(CLINIC, new Admission(Refusal.DEVICE_REVOKED));
        crash();
        assertThat(store.admission(CLINIC)).isEqualTo(new Admission(Refusal.DEVICE_REVOKED));
        assertThat(store.admission(OTHER_CLINIC)).isEqualTo(Admission.GRANTED);
        store.admission(CLINIC, Admission.GRANTED);
        crash();
        assertThat(store.admission(CLINIC)).isEqualTo(Admission.GRANTED);
    }

    @Test
    void two_clinics_of_a_site_do_not_mix() {
        Fact other = check(Facts.envelope(9, OTHER_CLINIC, NOVEMBER, false), 9, VisitKind.INITIAL, false);
        store.record(List.of(withCard(check(1)), later(other)));
        begin();
        store.number(OTHER_CLINIC, Outbox.begin(SECOND_EPOCH));
        store.reopen(CLINIC, new Epoch(new UUID(1, 3)));
        crash();
        assertThat(unsentIds()).containsExactly(check(1).id());
        assertThat(store.unsent(OTHER_CLINIC)).extracting(Unsent::id).containsExactly(other.id());
    }

    @Test
    void an_attachment_that_no_hub_takes_is_refused_and_nothing_recorded() {
        NewFact tooLarge = new NewFact(check(2), new byte[Limits.ATTACHMENT_BYTES_MAX + 1], false);
        assertThatThrownBy(() -> store.record(List.of(withCard(check(1)), tooLarge)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.facts(CLINIC, NOVEMBER)).isEmpty();
        store.record(List.of(withCard(check(1))));
        crash();
        assertThat(store.facts(CLINIC, NOVEMBER)).containsExactly(check(1));
    }

    private List<FactId> unsentIds() {
        return store.unsent(CLINIC).stream().map(Unsent::id).toList();
    }

    private void begin() {
        store.number(CLINIC, Outbox.begin(EPOCH));
    }

    private Outbox numberFirst(int count) {
        return numberFirst(count, EPOCH);
    }

    private Outbox numberFirst(int count, Epoch epoch) {
        Outbox outbox = Outbox.begin(epoch);
        for (Unsent unsent : store.unsent(CLINIC).stream().limit(count).toList()) {
            outbox = outbox.number(unsent.id(), unsent.month(), store.encoded(CLINIC, unsent.month(), unsent.id()));
        }
        store.number(CLINIC, outbox);
        return outbox;
    }

    private Cursor pull(List<Delivered> facts) {
        Cursor cursor = new Cursor(INCARNATION, Map.of(NOVEMBER, (long) facts.size()));
        store.pull(CLINIC, facts, cursor);
        return cursor;
    }

    private static Delivered delivered(long position, Fact fact) {
        return new Delivered(fact.envelope().month(), position, FactCodec.encode(fact));
    }
}
