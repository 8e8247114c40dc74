package jp.kakunin.hub.exchange;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.OTHER_CLINIC;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.Delivered;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;
import jp.kakunin.hub.fleet.Counters;
import jp.kakunin.hub.fleet.Counters.Event;
import jp.kakunin.hub.fleet.DeviceStatus;
import jp.kakunin.hub.fleet.FleetView;
import jp.kakunin.hub.journal.MemoryJournal;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.hub.testing.Steps;
import org.junit.jupiter.api.Test;

/// The long polls: who waits, for how long, and what the news holds.
final class ExchangeWaitTest {
    private final Sample sample = new Sample(3);
    private final Steps steps = new Steps(NOW);
    private final FleetView fleet = new FleetView();
    private final MemoryJournal journal = MemoryJournal.create(new Incarnation(new UUID(5, 5)), steps);
    private ExchangeService hub = hub(ExchangeSettings.DEFAULT);
    private Edge edge = new Edge(hub, steps, sample);

    private ExchangeService hub(ExchangeSettings settings) {
        return new ExchangeService(
                settings,
                journal,
                _ -> new DeviceStatus.Active(Set.of(CLINIC, OTHER_CLINIC)),
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
    void who_waits_is_woken_by_a_commit() {
        CompletableFuture<Reply> waiting = edge.await(CLINIC, null);
        steps.settle();
        assertThat(waiting).isNotDone();

        new Edge(hub, steps, sample).push(CLINIC, true, fact());

        assertThat(edge.done(waiting)).isInstanceOfSatisfying(Reply.News.class, news -> {
            assertThat(news.facts()).extracting(Delivered::position).containsExactly(1L);
            assertThat(news.cursor()).isEqualTo(new Cursor(journal.incarnation(), Map.of(MONTH, 1L)));
            assertThat(news.more()).isFalse();
        });
        assertThat(steps.timers()).isZero();
    }

    @Test
    void who_sent_the_facts_is_told_of_them_with_the_answer_only() {
        List<Question> asked = new ArrayList<>();
        hub.onCommit((_, questions, _) -> asked.addAll(questions));
        CompletableFuture<Reply> waiting = edge.await(CLINIC, null);
        steps.settle();

        edge.push(CLINIC, true, sample.card(sample.ids.patient(), TODAY));
        assertThat(waiting).isNotDone();

        var _ = hub.answer(asked.getFirst(), TODAY, NOW, Sample.valid());
        assertThat(edge.done(waiting))
                .isInstanceOfSatisfying(
                        Reply.News.class,
                        news -> assertThat(news.facts())
                                .extracting(Delivered::position)
                                .containsExactly(1L, 2L));
    }

    /// Only the process that sent the facts has them. Others of the site, and a copy that goes by the same device,
    /// are told at once.
    @Test
    void only_the_process_that_sent_the_facts_is_passed_over() {
        CompletableFuture<Reply> sender = edge.await(CLINIC, null);
        Edge elsewhere = new Edge(hub, steps, sample);
        CompletableFuture<Reply> otherDevice = elsewhere.await(CLINIC, null);
        steps.settle();

        edge.push(CLINIC, true, fact());

        assertThat(sender).isNotDone();
        assertThat(elsewhere.done(otherDevice)).isInstanceOf(Reply.News.class);

        Edge copy = new Edge(edge, sample.ids.instance());
        CompletableFuture<Reply> ofTheCopy = copy.await(CLINIC, cursorAt(1));
        steps.settle();
        assertThat(ofTheCopy).isNotDone();

        edge.push(CLINIC, true, fact());

        assertThat(copy.done(ofTheCopy)).isInstanceOf(Reply.News.class);
    }

    private Cursor cursorAt(long position) {
        return new Cursor(journal.incarnation(), Map.of(MONTH, position));
    }

    @Test
    void patience_ends_with_the_same_cursor() {
        edge.push(CLINIC, false, fact());
        Reply.News first = (Reply.News) edge.done(edge.await(CLINIC, null));
        CompletableFuture<Reply> waiting = edge.await(CLINIC, first.cursor());

        steps.advance(Duration.ofSeconds(51));

        assertThat(edge.done(waiting)).isEqualTo(new Reply.News(CLINIC, List.of(), first.cursor(), false));
    }

    @Test
    void a_device_that_waits_again_ends_its_older_wait() {
        CompletableFuture<Reply> older = edge.await(CLINIC, null);
        CompletableFuture<Reply> newer = edge.await(CLINIC, null);

        assertThat(edge.done(older)).isInstanceOf(Reply.News.class);
        assertThat(newer).isNotDone();
    }

    @Test
    void a_device_that_runs_twice_is_told_so_where_it_waited_first() {
        CompletableFuture<Reply> older = edge.await(CLINIC, null);

        var _ = new Edge(edge, sample.ids.instance()).await(CLINIC, null);

        assertThat(edge.done(older)).isEqualTo(new Reply.WaitRefused(CLINIC, Refusal.INSTANCE_CLASH));
    }

    @Test
    void P8_too_many_who_wait_are_told_to_come_later() {
        use(new ExchangeSettings(9, 9, 9, 1, 5, Duration.ofSeconds(2), Reply.Policy.DEFAULT));
        CompletableFuture<Reply> first = edge.await(CLINIC, null);
        Edge second = new Edge(hub, steps, sample);

        assertThat(second.done(second.await(CLINIC, null))).isInstanceOf(Reply.Busy.class);
        assertThat(first).isNotDone();
    }

    @Test
    void news_comes_in_portions() {
        edge.push(CLINIC, false, sample.references(sample.ids.patient(), 250).toArray(Fact[]::new));

        Reply.News first = (Reply.News) edge.done(edge.await(CLINIC, null));
        Reply.News second = (Reply.News) edge.done(edge.await(CLINIC, first.cursor()));
        Reply.News third = (Reply.News) edge.done(edge.await(CLINIC, second.cursor()));

        assertThat(List.of(first.more(), second.more(), third.more())).containsExactly(true, true, false);
        assertThat(third.facts())
                .hasSize(50)
                .last()
                .extracting(Delivered::position)
                .isEqualTo(250L);
    }

    @Test
    void a_cursor_of_another_incarnation_or_from_the_future_is_reset() {
        edge.push(CLINIC, false, fact());
        Cursor ofOtherLife = new Cursor(sample.ids.incarnation(), Map.of(MONTH, 1L));
        Cursor fromTheFuture = new Cursor(journal.incarnation(), Map.of(MONTH, 2L));

        assertThat(edge.done(edge.await(CLINIC, ofOtherLife))).isEqualTo(new Reply.Reset(CLINIC));
        assertThat(edge.done(edge.await(CLINIC, fromTheFuture))).isEqualTo(new Reply.Reset(CLINIC));
        assertThat(counters().events(Event.RESET)).isEqualTo(2);
    }

    @Test
    void a_closed_month_in_a_cursor_does_no_harm() {
        Cursor old = new Cursor(journal.incarnation(), Map.of(MONTH.previous().previous(), 7L));
        edge.push(CLINIC, false, fact());

        assertThat(edge.done(edge.await(CLINIC, old)))
                .isInstanceOfSatisfying(
                        Reply.News.class,
                        news -> assertThat(news.cursor().months()).isEqualTo(Map.of(MONTH, 1L)));
    }

    private Fact fact() {
        return sample.deferred(sample.ids.patient(), TODAY);
    }

    private Counters counters() {
        return fleet.counters();
    }
}
