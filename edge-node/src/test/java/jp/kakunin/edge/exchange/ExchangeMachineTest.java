package jp.kakunin.edge.exchange;

import static jp.kakunin.edge.exchange.Bench.CLINIC;
import static jp.kakunin.edge.exchange.Bench.after;
import static jp.kakunin.edge.exchange.Bench.batch;
import static jp.kakunin.edge.exchange.Bench.ids;
import static jp.kakunin.edge.store.Facts.NOVEMBER;
import static jp.kakunin.edge.store.Facts.answer;
import static jp.kakunin.edge.store.Facts.check;
import static jp.kakunin.edge.store.Facts.later;
import static jp.kakunin.edge.store.Facts.live;
import static jp.kakunin.edge.store.Facts.withCard;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.edge.exchange.ConnectionState.Cause;
import jp.kakunin.edge.store.Facts;
import jp.kakunin.edge.store.MemoryDisk;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply.Acknowledged;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.exchange.StreamReply.Remark;
import jp.kakunin.exchange.Tally;
import jp.kakunin.outbox.Remarked;
import org.junit.jupiter.api.Test;

/// What the machine sends and keeps.
class ExchangeMachineTest {
    private final Bench bench = new Bench();

    @Test
    void it_greets_with_an_empty_batch_and_numbers_only_under_a_grant() {
        bench.record(withCard(check(1)));
        Sending hello = bench.awaitPush();
        assertThat(batch(hello).facts()).isEmpty();
        assertThat(batch(hello).follows()).isEqualTo(StreamPosition.START);
        assertThat(bench.outbox().numbered()).isEmpty();
        bench.acknowledge(hello);
        assertThat(ids(bench.awaitPush())).containsExactly(check(1).id());
        assertThat(bench.outbox().numbered()).hasSize(1);
    }

    @Test
    void a_grant_limits_what_is_numbered() {
        bench.record(withCard(check(1)), withCard(check(2)), withCard(check(3)));
        bench.acknowledge(bench.awaitPush(), new Grant(2, 1 << 20));
        assertThat(ids(bench.awaitPush())).hasSize(2);
        assertThat(bench.outbox().numbered()).hasSize(2);
    }

    @Test
    void without_a_grant_it_asks_again_after_a_pause() {
        bench.record(withCard(check(1)));
        bench.acknowledge(bench.awaitPush(), Grant.NONE);
        assertThat(bench.poll()).noneMatch(sending -> sending.request() instanceof Request.Push);
        assertThat(bench.outbox().numbered()).isEmpty();
        assertThat(batch(bench.awaitPush(Duration.ofSeconds(7))).facts()).isEmpty();
    }

    @Test
    void one_batch_of_a_stream_is_on_its_way_at_a_time() {
        bench.connect();
        bench.record(live(check(1)));
        Sending first = bench.awaitPush();
        bench.record(live(check(2)));
        assertThat(bench.poll()).isEmpty();
        bench.acknowledge(first);
        assertThat(ids(bench.awaitPush())).containsExactly(check(2).id());
    }

    @Test
    void an_acknowledgement_moves_the_outbox_only_on_equality() {
        bench.connect();
        bench.record(withCard(check(1)));
        Sending push = bench.awaitPush();
        StreamPosition wrong = new StreamPosition(1, Digest.ZERO);
        bench.answer(push, new Acknowledged(CLINIC, bench.epoch(), wrong, Bench.GRANT, Tally.NONE, List.of()));
        assertThat(bench.outbox().acknowledged()).isEqualTo(StreamPosition.START);
        assertThat(bench.store.unacknowledged(CLINIC)).containsExactly(check(1).id());
        Sending hello = bench.awaitPush();
        assertThat(batch(hello).facts()).isEmpty();
        bench.acknowledge(hello);
        Sending again = bench.awaitPush();
        assertThat(batch(again).facts()).isEqualTo(batch(push).facts());
        bench.acknowledge(again);
        assertThat(bench.store.unacknowledged(CLINIC)).isEmpty();
    }

    @Test
    void a_patient_waiting_stands_behind_at_most_one_batch() {
        bench.recordMany(1200);
        bench.connect();
        Sending backlog = bench.awaitPush();
        assertThat(batch(backlog).live()).isFalse();
        assertThat(batch(backlog).facts()).hasSize(Limits.BATCH_FACTS_MAX);
        bench.record(live(check(5000, NOVEMBER, VisitKind.REPEAT, false)));
        bench.acknowledge(backlog);
        Sending next = bench.awaitPush();
        assertThat(batch(next).live()).isTrue();
        assertThat(batch(next).facts()).hasSize(1);
        assertThat(batch(next).backlog().facts()).isEqualTo(700);
    }

    @Test
    void live_batches_are_small_and_the_rest_follows() {
        NewFact[] facts =
                IntStream.rangeClosed(1, 70).mapToObj(n -> live(check(n))).toArray(NewFact[]::new);
        bench.connect();
        bench.record(facts);
        Sending first = bench.awaitPush();
        assertThat(batch(first).facts()).hasSize(Limits.LIVE_FACTS_MAX);
        bench.acknowledge(first);
        assertThat(batch(bench.awaitPush()).facts()).hasSize(6);
    }

    @Test
    void after_a_lost_acknowledgement_it_goes_on_where_the_hub_is() {
        bench.connect();
        bench.record(withCard(check(1)));
        Sending push = bench.awaitPush();
        StreamPosition held = after(batch(push));
        bench.fail(push, Cause.TCP);
        Sending hello = bench.awaitPush(Duration.ofMinutes(6));
        bench.resume(hello, held);
        assertThat(bench.outbox().acknowledged()).isEqualTo(held);
        assertThat(bench.store.unacknowledged(CLINIC)).isEmpty();
    }

    @Test
    void a_batch_taken_in_part_is_continued_behind_it() {
        bench.connect();
        bench.record(withCard(check(1)), withCard(check(2)));
        Sending push = bench.awaitPush();
        bench.resume(
                push, StreamPosition.START.after(batch(push).facts().getFirst().fact()));
        assertThat(ids(bench.awaitPush())).containsExactly(check(2).id());
    }

    @Test
    void an_unknown_pair_means_a_new_epoch_and_everything_again() {
        bench.connect();
        bench.record(withCard(check(1)));
        bench.acknowledge(bench.awaitPush());
        Epoch before = bench.epoch();
        bench.record(withCard(check(2)));
        Sending push = bench.awaitPush();
        bench.resume(push, new StreamPosition(9, Digest.ZERO));
        assertThat(bench.epoch()).isNotEqualTo(before);
        bench.acknowledge(bench.awaitPush());
        assertThat(ids(bench.awaitPush())).containsExactly(check(1).id(), check(2).id());
    }

    @Test
    void a_restored_disk_begins_a_new_epoch_and_loses_nothing_it_holds() {
        bench.connect();
        bench.record(withCard(check(1)));
        bench.acknowledge(bench.awaitPush());
        MemoryDisk image = bench.disk.copy();
        bench.record(withCard(check(2)));
        Sending later = bench.awaitPush();
        bench.acknowledge(later);
        Bench restored = new Bench(image, List.of(CLINIC), 43);
        restored.record(withCard(check(3)));
        restored.resume(restored.awaitPush(), after(batch(later)));
        restored.acknowledge(restored.awaitPush());
        assertThat(ids(restored.awaitPush())).containsExactly(check(1).id(), check(3).id());
    }

    @Test
    void another_life_of_the_hub_means_no_cursor_and_the_window_again() {
        bench.connect();
        bench.record(withCard(check(1)));
        bench.acknowledge(bench.awaitPush());
        Sending wait = bench.waitOnTheWire();
        bench.news(wait, 3, check(7), answer(8, 1));
        bench.life = Bench.SECOND_LIFE;
        bench.news(bench.waitOnTheWire(), 1, check(9));
        assertThat(bench.store.cursor(CLINIC)).isNull();
        assertThat(bench.store.facts(CLINIC, NOVEMBER)).doesNotContain(check(9));
        bench.acknowledge(bench.awaitPush());
        assertThat(ids(bench.awaitPush()))
                .containsExactlyInAnyOrder(check(1).id(), answer(8, 1).id(), check(7).id())
                .endsWith(check(7).id());
    }

    @Test
    void a_reset_reads_again_and_deletes_nothing() {
        bench.connect();
        bench.news(bench.waitOnTheWire(), 1, check(7));
        bench.reply(bench.waitOnTheWire(), new Reply.Reset(CLINIC));
        bench.advance(Duration.ofSeconds(2));
        Request.Wait again = (Request.Wait) bench.waitOnTheWire().request();
        assertThat(again.cursor()).isNull();
        assertThat(bench.store.facts(CLINIC, NOVEMBER)).containsExactly(check(7));
    }

    @Test
    void news_and_cursor_are_kept_and_the_next_wait_follows_at_once() {
        bench.connect();
        bench.news(bench.waitOnTheWire(), 1, check(7));
        Request.Wait next = (Request.Wait) bench.waitOnTheWire().request();
        assertThat(next.cursor()).isEqualTo(bench.store.cursor(CLINIC)).isNotNull();
        assertThat(bench.machine.takeChanged()).isTrue();
    }

    @Test
    void remarks_are_kept_for_the_desk() {
        bench.connect();
        bench.record(withCard(check(1)));
        bench.acknowledge(bench.awaitPush(), new Remark(1, Outcome.QUARANTINED, QuarantineReason.CLOCK_DOUBTFUL));
        assertThat(bench.store.remarks(CLINIC, NOVEMBER))
                .containsEntry(check(1).id(), new Remarked(Outcome.QUARANTINED, QuarantineReason.CLOCK_DOUBTFUL));
    }

    /// An updated hub read it after all: nothing is offered again, it only comes back.
    @Test
    void a_remark_is_over_when_the_hub_delivers_the_fact() {
        bench.connect();
        bench.record(withCard(check(1)), withCard(check(2)));
        Remarked unknown = new Remarked(Outcome.QUARANTINED, QuarantineReason.UNKNOWN_SCHEMA);
        bench.acknowledge(
                bench.awaitPush(),
                new Remark(1, Outcome.QUARANTINED, QuarantineReason.UNKNOWN_SCHEMA),
                new Remark(2, Outcome.QUARANTINED, QuarantineReason.UNKNOWN_SCHEMA));
        bench.news(bench.waitOnTheWire(), 1, check(1));
        assertThat(bench.store.remarks(CLINIC, NOVEMBER)).isEqualTo(Map.of(check(2).id(), unknown));
    }

    @Test
    void remarks_survive_a_lost_acknowledgement() {
        bench.connect();
        bench.record(withCard(check(1)), withCard(check(2)));
        Sending push = bench.awaitPush();
        StreamPosition held = after(batch(push));
        bench.fail(push, Cause.TCP);
        bench.resume(
                bench.awaitPush(Duration.ofMinutes(6)),
                held,
                new Remark(2, Outcome.QUARANTINED, QuarantineReason.FUTURE_DATE));
        assertThat(bench.store.unacknowledged(CLINIC)).isEmpty();
        assertThat(bench.store.remarks(CLINIC, NOVEMBER))
                .isEqualTo(Map.of(check(2).id(), new Remarked(Outcome.QUARANTINED, QuarantineReason.FUTURE_DATE)));
    }

    @Test
    void what_is_on_its_way_is_unsent_until_it_is_acknowledged() {
        bench.connect();
        bench.record(live(check(1)));
        Sending push = bench.awaitPush();
        assertThat(bench.machine.unsent(CLINIC)).isEqualTo(1);
        bench.acknowledge(push);
        assertThat(bench.machine.unsent(CLINIC)).isZero();
    }

    @Test
    void facts_of_closed_months_come_last_and_the_clinic_learns_that_they_were_too_late() {
        TreatmentMonth closed = TreatmentMonth.of(2026, 9);
        var late = check(1, closed, VisitKind.INITIAL, false);
        var doubtful = check(Facts.envelope(2, CLINIC, closed, true), 2, VisitKind.INITIAL, false);
        bench.record(later(late), later(doubtful), later(check(3)));
        assertThat(bench.machine.unsent(CLINIC)).isEqualTo(3);
        bench.connect();

        Sending push = bench.awaitPush();
        assertThat(ids(push)).containsExactly(doubtful.id(), check(3).id());
        bench.acknowledge(push);
        Sending last = bench.awaitPush();
        assertThat(ids(last)).containsExactly(late.id());
        assertThat(batch(last).backlog().earliestDue()).isNull();
        bench.acknowledge(last, new Remark(3, Outcome.TOO_LATE, null));

        assertThat(bench.store.remarks(CLINIC, closed)).containsEntry(late.id(), new Remarked(Outcome.TOO_LATE, null));
        bench.poll();
        assertThat(bench.pushOnTheWire()).isNull();
    }

    @Test
    void a_restart_in_the_middle_sends_the_numbered_facts_unchanged() {
        bench.connect();
        bench.record(withCard(check(1)));
        Sending push = bench.awaitPush();
        bench.restart();
        bench.acknowledge(bench.awaitPush());
        assertThat(batch(bench.awaitPush()).facts()).isEqualTo(batch(push).facts());
    }

    @Test
    void a_batch_too_large_is_sent_in_halves() {
        bench.recordMany(8);
        bench.connect();
        bench.refuse(bench.awaitPush(), Refusal.BATCH_TOO_LARGE);
        bench.acknowledge(bench.awaitPush());
        assertThat(batch(bench.awaitPush()).facts()).hasSize(4);
    }

    @Test
    void one_fact_that_no_hub_takes_does_not_hold_up_the_others() {
        bench.record(withCard(check(1)), withCard(check(2)));
        bench.acknowledge(bench.awaitPush(), new Grant(1, 1 << 20));
        bench.refuse(bench.awaitPush(), Refusal.BATCH_TOO_LARGE);
        bench.acknowledge(bench.awaitPush());
        assertThat(ids(bench.awaitPush())).containsExactly(check(2).id());
        assertThat(bench.store.remarks(CLINIC, NOVEMBER)).containsKey(check(1).id());
    }

    @Test
    void what_the_hub_cannot_decide_about_is_halved_until_it_stands_alone() {
        bench.record(withCard(check(1)), withCard(check(2)));
        bench.connect();
        bench.refuse(bench.awaitPush(), Refusal.UNDECIDABLE);
        bench.acknowledge(bench.awaitPush());
        bench.refuse(bench.awaitPush(), Refusal.UNDECIDABLE);
        bench.acknowledge(bench.awaitPush());
        assertThat(ids(bench.awaitPush())).containsExactly(check(2).id());
        assertThat(bench.store.remarks(CLINIC, NOVEMBER))
                .containsEntry(check(1).id(), new Remarked(Outcome.REFUSED, QuarantineReason.UNREADABLE));
    }

    @Test
    void a_full_disk_reads_no_news_but_still_sends_what_was_recorded() {
        bench.record(withCard(check(1)));
        bench.connect();
        Sending wait = bench.waitOnTheWire();
        bench.disk.full(true);
        Sending push = bench.awaitPush();
        bench.acknowledge(push);
        bench.news(wait, 1, check(7));
        assertThat(bench.store.unacknowledged(CLINIC)).isEmpty();
        assertThat(bench.store.cursor(CLINIC)).isNull();
    }
}
