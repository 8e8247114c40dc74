package jp.kakunin.hub.exchange;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.OTHER_CLINIC;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.exchange.StreamReply.Remark;
import jp.kakunin.exchange.Tally;
import jp.kakunin.hub.fleet.Counters;
import jp.kakunin.hub.fleet.Counters.Event;
import jp.kakunin.hub.fleet.Counters.Fate;
import jp.kakunin.hub.fleet.DeviceStatus;
import jp.kakunin.hub.fleet.FleetView;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.ForwardingJournal;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.MemoryJournal;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.hub.testing.Steps;
import jp.kakunin.keys.VaultException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ExchangeServiceTest {
    private final Sample sample = new Sample(3);
    private final Steps steps = new Steps(NOW);
    private final Steps slowDisk = new Steps(NOW);
    private boolean diskIsSlow;
    private final FleetView fleet = new FleetView();
    private DeviceStatus status = new DeviceStatus.Active(Set.of(CLINIC, OTHER_CLINIC));
    private final MemoryJournal journal = MemoryJournal.create(
            new Incarnation(new UUID(5, 5)), turn -> (diskIsSlow ? slowDisk : steps).execute(turn));
    private ExchangeService hub = hub(ExchangeSettings.DEFAULT);
    private Edge edge = new Edge(hub, steps, sample);

    private ExchangeService hub(ExchangeSettings settings) {
        return hub(settings, journal);
    }

    private ExchangeService hub(ExchangeSettings settings, Journal in) {
        return new ExchangeService(
                settings,
                in,
                _ -> status,
                fleet,
                Sample.SEAL,
                Sample.NUMBERS,
                steps,
                new Random(1),
                List.of(steps),
                steps);
    }

    private void use(ExchangeSettings settings) {
        hub = hub(settings);
        edge = new Edge(hub, steps, sample);
    }

    @Test
    void P1_nothing_is_acknowledged_before_it_is_on_disk() {
        diskIsSlow = true;
        CompletableFuture<Reply> reply = edge.send(edge.batch(CLINIC, true, fact()));
        steps.settle();
        assertThat(reply).isNotDone();

        slowDisk.settle();

        assertThat(edge.done(reply))
                .isInstanceOfSatisfying(
                        Reply.Pushed.class,
                        pushed -> assertThat(pushed.streams())
                                .singleElement()
                                .isInstanceOf(StreamReply.Acknowledged.class));
    }

    @Test
    void P2_a_reply_lost_after_the_commit_ends_in_a_resume_with_its_remarks_and_stores_once() {
        Fact fact = fact();
        Fact early = sample.deferred(sample.ids.patient(), TODAY.plusDays(9));
        edge.done(edge.send(edge.batch(CLINIC, false, fact, early)));

        StreamReply reply = edge.push(CLINIC, false, fact, early);

        assertThat(reply).isInstanceOfSatisfying(StreamReply.Resume.class, resume -> {
            assertThat(resume.position().seq()).isEqualTo(2);
            assertThat(resume.remarks())
                    .containsExactly(new Remark(2, Outcome.QUARANTINED, QuarantineReason.FUTURE_DATE));
        });
        assertThat(journal.read(CLINIC, MONTH, 0, 9)).hasSize(2);
        assertThat(counters().events(Event.RESUME)).isEqualTo(1);
        assertThat(counters().events(Event.FORK)).isZero();
    }

    @Test
    void P2_facts_offered_again_in_a_new_epoch_are_held() {
        Fact fact = fact();
        edge.push(CLINIC, false, fact);
        edge.epoch = sample.ids.epoch();
        edge.position = StreamPosition.START;

        StreamReply reply = edge.push(CLINIC, false, fact, fact());

        assertThat(reply)
                .isInstanceOfSatisfying(
                        StreamReply.Acknowledged.class,
                        acknowledged -> assertThat(acknowledged.tally()).isEqualTo(new Tally(1, 1, 0, 0, 0)));
        assertThat(counters().events(Event.NEW_EPOCH)).isEqualTo(2);
    }

    @Test
    void a_cloned_store_is_stopped_by_the_chain_and_counted() {
        edge.push(CLINIC, false, fact());
        Edge clone = new Edge(edge, sample.ids.instance());
        edge.push(CLINIC, false, fact());

        StreamReply ofClone = clone.push(CLINIC, false, fact());
        StreamReply ofOriginal = edge.push(CLINIC, false, fact());

        assertThat(ofClone).isInstanceOf(StreamReply.Resume.class);
        assertThat(ofOriginal).isInstanceOf(StreamReply.Acknowledged.class);
        assertThat(counters().events(Event.FORK)).isEqualTo(1);
        assertThat(counters().events(Event.INSTANCE_CLASH)).isEqualTo(1);
        assertThat(fleet.device(edge.device).orElseThrow().clashes()).isEqualTo(1);
    }

    @Test
    void a_forked_stream_is_told_to_resume_and_counted() {
        Edge clone = new Edge(edge, sample.ids.instance());
        edge.push(CLINIC, false, fact());
        clone.position = clone.position.after(new byte[] {1});

        assertThat(clone.push(CLINIC, false, fact())).isInstanceOf(StreamReply.Resume.class);
        assertThat(counters().events(Event.FORK)).isEqualTo(1);
    }

    @Test
    void of_two_clinics_in_one_push_the_one_with_a_conflict_is_decided_again() {
        CompletableFuture<Reply> reply = edge.send(
                edge.batch(CLINIC, false, fact()),
                edge.batch(OTHER_CLINIC, false, sample.deferredAt(OTHER_CLINIC, sample.ids.patient(), TODAY)));
        var _ = journal.commit(new Draft(CLINIC, journal.head(CLINIC))
                .append(MONTH, NOW, null, new byte[] {1})
                .commit());

        Reply.Pushed pushed = (Reply.Pushed) edge.done(reply);

        assertThat(pushed.streams())
                .allMatch(StreamReply.Acknowledged.class::isInstance)
                .hasSize(2);
        assertThat(counters().events(Event.CONFLICT)).isEqualTo(1);
        assertThat(counters().events(Event.SHARED_PUSH)).isEqualTo(1);
        assertThat(journal.read(CLINIC, MONTH, 0, 9)).hasSize(2);
        assertThat(journal.read(OTHER_CLINIC, MONTH, 0, 9)).hasSize(1);
    }

    @Test
    void two_batches_of_one_stream_in_one_push_are_taken_in_order() {
        var first = edge.batch(CLINIC, false, fact());
        edge.position = edge.position.after(first.facts().getFirst().fact());
        var second = edge.batch(CLINIC, false, fact());

        Reply.Pushed pushed = (Reply.Pushed) edge.done(edge.send(first, second));

        assertThat(pushed.streams()).allMatch(StreamReply.Acknowledged.class::isInstance);
    }

    @Test
    void P6_a_live_batch_is_decided_before_the_backlog_of_other_clinics() {
        List<String> order = new ArrayList<>();
        hub.onCommit((clinic, _, live) -> order.add(live ? "live" : "backlog"));
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Edge other = new Edge(hub, steps, sample);
            var clinic = new InstitutionCode("139000" + (1_000 + i));
            status = new DeviceStatus.Active(Set.of(clinic));
            Fact fact = sample.deferredAt(clinic, sample.ids.patient(), TODAY);
            replies.add(other.send(other.batch(clinic, false, fact)));
        }
        status = new DeviceStatus.Active(Set.of(CLINIC));

        CompletableFuture<Reply> live = edge.send(edge.batch(CLINIC, true, fact()));
        edge.done(live);

        assertThat(order.indexOf("live")).isLessThanOrEqualTo(2);
        assertThat(replies).allMatch(CompletableFuture::isDone);
    }

    @Test
    void P8_a_full_queue_answers_busy_and_stores_nothing() {
        use(new ExchangeSettings(1, 1, 1, 1, 5, Duration.ofSeconds(2), Reply.Policy.DEFAULT));
        Edge second = new Edge(hub, steps, sample);
        CompletableFuture<Reply> taken = edge.send(edge.batch(CLINIC, false, fact()));

        Reply.Body busy = second.done(second.send(second.batch(CLINIC, false, fact())));

        assertThat(busy)
                .isInstanceOfSatisfying(
                        Reply.Busy.class,
                        body -> assertThat(body.retryAfter()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4)));
        assertThat(edge.done(taken)).isInstanceOf(Reply.Pushed.class);
        assertThat(journal.read(CLINIC, MONTH, 0, 9)).hasSize(1);
        assertThat(second.push(CLINIC, false, fact())).isInstanceOf(StreamReply.Acknowledged.class);
    }

    @Test
    void P5_a_device_speaks_only_for_its_clinics() {
        status = new DeviceStatus.Active(Set.of(OTHER_CLINIC));

        assertThat(edge.push(CLINIC, false, fact()))
                .isInstanceOfSatisfying(
                        StreamReply.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.NOT_THIS_DEVICES_CLINIC));
        assertThat(edge.done(edge.await(CLINIC, null)))
                .isEqualTo(new Reply.WaitRefused(CLINIC, Refusal.NOT_THIS_DEVICES_CLINIC));
        assertThat(counters().refusals(Refusal.NOT_THIS_DEVICES_CLINIC)).isEqualTo(1);
    }

    @Test
    void P5_what_a_device_captured_before_a_declaration_ended_is_set_aside_and_no_news_of_that_clinic_is_told() {
        CompletableFuture<Reply> waiting = edge.await(CLINIC, null);
        steps.settle();
        status = new DeviceStatus.Active(Set.of(OTHER_CLINIC), Set.of(CLINIC));

        assertThat(edge.push(CLINIC, false, fact()))
                .isInstanceOfSatisfying(
                        StreamReply.Acknowledged.class,
                        taken -> assertThat(taken.tally().quarantined()).isEqualTo(1));
        assertThat(edge.done(waiting)).isEqualTo(new Reply.WaitRefused(CLINIC, Refusal.DECLARATION_ENDED));
    }

    @Test
    void P5_a_device_revoked_while_it_waits_hears_nothing_more() {
        CompletableFuture<Reply> waiting = edge.await(CLINIC, null);
        steps.settle();
        status = new DeviceStatus.Revoked(Set.of(CLINIC));

        edge.push(CLINIC, false, fact());

        assertThat(edge.done(waiting)).isEqualTo(new Reply.WaitRefused(CLINIC, Refusal.DEVICE_REVOKED));
    }

    @Test
    void an_answer_is_recorded_told_and_delivered() {
        List<Question> asked = new ArrayList<>();
        hub.onCommit((_, questions, _) -> asked.addAll(questions));
        edge.push(CLINIC, true, sample.card(sample.ids.patient(), TODAY));
        Reply.News news = (Reply.News) edge.done(edge.await(CLINIC, null));
        CompletableFuture<Reply> waiting = edge.await(CLINIC, news.cursor());

        var settled = hub.answer(asked.getFirst(), TODAY, NOW, Sample.valid());

        assertThat(edge.done(waiting))
                .isInstanceOfSatisfying(
                        Reply.News.class, more -> assertThat(more.facts()).hasSize(1));
        assertThat(settled).isCompletedWithValue(Settled.RECORDED);
    }

    @Test
    void P10_the_sums_of_the_counters_agree() {
        Fact fact = fact();
        edge.push(CLINIC, false, fact, fact, sample.deferred(sample.ids.patient(), TODAY.minusMonths(2)));
        edge.push(CLINIC, false, sample.deferredAt(OTHER_CLINIC, sample.ids.patient(), TODAY));
        status = new DeviceStatus.Stolen(Set.of(CLINIC));
        edge.push(CLINIC, false, fact());

        assertThat(counters().received()).isEqualTo(5);
        for (Fate fate : Fate.values()) {
            assertThat(counters().facts(fate)).as(fate.name()).isEqualTo(1);
        }
    }

    @Test
    void P6_what_cannot_be_decided_about_is_refused_and_the_others_go_on() {
        Fact.CheckRecorded ofDamaged = sample.deferred(sample.ids.patient(), TODAY);
        journal.damage(new PatientMonth(CLINIC, MONTH, ofDamaged.envelope().patient()));

        assertThat(edge.push(CLINIC, false, ofDamaged, fact()))
                .isInstanceOfSatisfying(
                        StreamReply.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UNDECIDABLE));
        assertThat(edge.push(CLINIC, false, fact())).isInstanceOf(StreamReply.Acknowledged.class);
        assertThat(counters().refusals(Refusal.UNDECIDABLE)).isEqualTo(1);
    }

    @Test
    void a_listener_that_fails_keeps_no_other_from_hearing_of_a_commit() {
        List<Question> asked = new ArrayList<>();
        hub.onCommit((_, _, _) -> {
            throw new IllegalStateException("this listener always fails");
        });
        hub.onCommit((_, questions, _) -> asked.addAll(questions));
        CompletableFuture<Reply> waiting = edge.await(CLINIC, null);

        new Edge(hub, steps, sample).push(CLINIC, true, sample.card(sample.ids.patient(), TODAY));

        assertThat(asked).hasSize(1);
        assertThat(edge.done(waiting)).isInstanceOf(Reply.News.class);
    }

    /// A full disk of keys was once a failed request for every device, from the first of the month on.
    @Test
    void a_month_key_that_cannot_be_made_is_left_out_of_the_reply() throws Exception {
        Journal keyless = new ForwardingJournal(journal) {
            @Override
            public @Nullable KeyPair exportKeys(TreatmentMonth month) {
                if (month.equals(MONTH.next())) {
                    throw new VaultException("no space for the month keys");
                }
                return journal.exportKeys(month);
            }
        };
        hub = hub(ExchangeSettings.DEFAULT, keyless);
        edge = new Edge(hub, steps, sample);

        CompletableFuture<Reply> reply = edge.send(edge.batch(CLINIC, false, fact()));
        steps.settle();

        assertThat(reply.get().body()).isInstanceOf(Reply.Pushed.class);
        assertThat(reply.get().policy().exportKeys()).containsOnlyKeys(MONTH.previous(), MONTH);
    }

    @Test
    void a_journal_that_fails_fails_the_request() {
        journal.close();

        CompletableFuture<Reply> reply = edge.send(edge.batch(CLINIC, false, fact()));
        steps.settle();

        assertThat(reply).isCompletedExceptionally();
    }

    private Fact fact() {
        return sample.deferred(sample.ids.patient(), TODAY);
    }

    private Counters counters() {
        return fleet.counters();
    }
}
