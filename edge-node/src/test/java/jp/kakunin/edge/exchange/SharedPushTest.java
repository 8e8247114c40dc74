package jp.kakunin.edge.exchange;

import static jp.kakunin.edge.exchange.Bench.CLINIC;
import static jp.kakunin.edge.exchange.Bench.GRANT;
import static jp.kakunin.edge.exchange.Bench.acknowledged;
import static jp.kakunin.edge.exchange.Bench.after;
import static jp.kakunin.edge.exchange.Bench.batches;
import static jp.kakunin.edge.store.Facts.NOVEMBER;
import static jp.kakunin.edge.store.Facts.OTHER_CLINIC;
import static jp.kakunin.edge.store.Facts.later;
import static jp.kakunin.edge.store.Facts.live;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.edge.store.Facts;
import jp.kakunin.edge.store.MemoryDisk;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.exchange.StreamReply.Refused;
import jp.kakunin.exchange.StreamReply.Remark;
import jp.kakunin.exchange.StreamReply.Resume;
import org.junit.jupiter.api.Test;

/// Two clinics at one site: what travels in one request, and what never does.
class SharedPushTest {
    private final Bench site = new Bench(new MemoryDisk(), List.of(CLINIC, OTHER_CLINIC), 42);

    @Test
    void the_clinics_of_a_site_greet_in_one_push_and_wait_each_for_itself() {
        Sending hello = site.awaitPush();
        assertThat(batches(hello)).extracting(Batch::clinic).containsExactly(CLINIC, OTHER_CLINIC);
        site.acknowledge(hello);
        assertThat(site.poll()).extracting(Sending::request).hasSize(2).allMatch(Request.Wait.class::isInstance);
    }

    @Test
    void what_patients_wait_for_at_both_goes_in_one_push_and_each_is_answered_by_itself() {
        site.record(live(here(1)), live(there(2)), live(there(3)));
        site.connect();
        Sending push = site.awaitPush();
        Batch ofThere = batches(push).getLast();
        assertThat(batches(push)).extracting(batch -> batch.facts().size()).containsExactly(1, 2);

        StreamPosition reached =
                StreamPosition.START.after(ofThere.facts().getFirst().fact());
        Remark late = new Remark(1, Outcome.TOO_LATE, null);
        site.answer(
                push,
                new Resume(OTHER_CLINIC, ofThere.epoch(), reached, GRANT, List.of(late)),
                acknowledged(batches(push).getFirst(), GRANT));

        assertThat(site.store.unacknowledged(CLINIC)).isEmpty();
        assertThat(site.store.unacknowledged(OTHER_CLINIC)).containsExactly(there(3).id());
        assertThat(site.store.remarks(OTHER_CLINIC, NOVEMBER)).containsOnlyKeys(there(2).id());
        assertThat(batches(site.awaitPush())).singleElement().satisfies(batch -> {
            assertThat(batch.clinic()).isEqualTo(OTHER_CLINIC);
            assertThat(batch.follows()).isEqualTo(reached);
        });
    }

    @Test
    void a_refusal_of_one_clinic_does_not_touch_the_other() {
        site.record(live(here(1)), live(there(2)));
        site.connect();
        Sending push = site.awaitPush();
        site.answer(
                push,
                acknowledged(batches(push).getFirst(), GRANT),
                new Refused(OTHER_CLINIC, batches(push).getLast().epoch(), Refusal.NOT_THIS_DEVICES_CLINIC));
        site.record(later(here(3)));
        assertThat(batches(site.awaitPush()))
                .singleElement()
                .satisfies(batch -> assertThat(batch.clinic()).isEqualTo(CLINIC));
    }

    @Test
    void P6_a_live_check_shares_no_request_with_the_backlog_of_the_other_clinic() {
        site.connect();
        site.record(later(there(2)), live(here(1)));
        List<Sending> pushes = site.poll().stream()
                .filter(sending -> sending.request() instanceof Request.Push)
                .toList();
        assertThat(pushes).hasSize(2);
        assertThat(batches(pushes.getFirst()))
                .singleElement()
                .satisfies(batch -> assertThat(batch.live()).isTrue());
        assertThat(batches(pushes.getLast()))
                .singleElement()
                .satisfies(batch -> assertThat(batch.clinic()).isEqualTo(OTHER_CLINIC));
    }

    @Test
    void P6_a_live_check_does_not_wait_for_an_answer_to_the_other_clinic() {
        site.record(later(there(2)));
        site.connect();
        site.awaitPush();
        site.record(live(here(1)));
        assertThat(site.poll())
                .filteredOn(sending -> sending.request() instanceof Request.Push)
                .singleElement()
                .satisfies(push ->
                        assertThat(batches(push)).extracting(Batch::clinic).containsExactly(CLINIC));
    }

    @Test
    void P6_the_backlog_of_each_clinic_is_answered_alone() {
        site.record(later(here(1)), later(there(2)));
        site.connect();
        List<Sending> pushes = site.poll();
        assertThat(pushes)
                .filteredOn(sending -> sending.request() instanceof Request.Push)
                .extracting(push -> batches(push).stream().map(Batch::clinic).toList())
                .containsExactly(List.of(CLINIC), List.of(OTHER_CLINIC));

        site.acknowledge(pushes.getFirst());
        site.record(live(here(3)));
        assertThat(site.poll())
                .filteredOn(sending -> sending.request() instanceof Request.Push)
                .extracting(Bench::batch)
                .singleElement()
                .satisfies(batch -> assertThat(batch.clinic()).isEqualTo(CLINIC));
    }

    @Test
    void P6_a_greeting_with_a_patient_behind_it_goes_ahead_of_the_greeting_of_the_other_clinic() {
        site.record(later(there(2)), live(here(1)));
        List<Sending> greetings = site.poll();
        assertThat(greetings)
                .extracting(greeting -> batches(greeting).getFirst().clinic())
                .containsExactly(CLINIC, OTHER_CLINIC);
        assertThat(greetings)
                .extracting(greeting -> batches(greeting).getFirst().live())
                .containsExactly(true, false);
        assertThat(greetings)
                .allSatisfy(greeting ->
                        assertThat(batches(greeting).getFirst().facts()).isEmpty());
    }

    @Test
    void a_busy_hub_makes_both_come_again_one_by_one_until_it_has_room() {
        site.record(live(here(1)), live(there(2)));
        site.connect();
        Sending push = site.awaitPush();
        site.reply(push, new Reply.Busy(Duration.ofSeconds(3)));
        assertThat(site.poll()).noneMatch(sending -> sending.request() instanceof Request.Push);
        site.advance(Duration.ofSeconds(3));
        List<Sending> again = site.poll();
        assertThat(again).extracting(Bench::batch).isEqualTo(batches(push));
        again.forEach(site::acknowledge);
        site.record(live(here(3)), live(there(4)));
        assertThat(batches(site.awaitPush())).hasSize(2);
    }

    @Test
    void an_answer_that_leaves_a_clinic_out_ends_the_connection_and_keeps_what_it_says() {
        site.record(live(here(1)), live(there(2)));
        site.connect();
        Sending push = site.awaitPush();
        site.answer(push, acknowledged(batches(push).getFirst(), GRANT));
        site.poll();
        assertThat(site.hangUps).isEqualTo(1);
        assertThat(site.outbox().acknowledged()).isEqualTo(after(batches(push).getFirst()));
        assertThat(site.store.unacknowledged(OTHER_CLINIC)).containsExactly(there(2).id());
    }

    private static Fact here(int n) {
        return of(CLINIC, n);
    }

    private static Fact there(int n) {
        return of(OTHER_CLINIC, n);
    }

    private static Fact of(InstitutionCode clinic, int n) {
        return Facts.check(Facts.envelope(n, clinic, NOVEMBER, false), n, VisitKind.INITIAL, false);
    }
}
