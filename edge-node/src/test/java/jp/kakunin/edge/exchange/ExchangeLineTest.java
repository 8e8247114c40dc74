package jp.kakunin.edge.exchange;

import static jp.kakunin.edge.exchange.Bench.CLINIC;
import static jp.kakunin.edge.exchange.Bench.batch;
import static jp.kakunin.edge.exchange.Bench.ids;
import static jp.kakunin.edge.store.Facts.OTHER_CLINIC;
import static jp.kakunin.edge.store.Facts.check;
import static jp.kakunin.edge.store.Facts.later;
import static jp.kakunin.edge.store.Facts.live;
import static jp.kakunin.edge.store.Facts.withCard;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import jp.kakunin.edge.exchange.ConnectionState.Cause;
import jp.kakunin.edge.store.MemoryDisk;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply.Grant;
import org.junit.jupiter.api.Test;

/// When the machine speaks: reconnecting, waiting its slot, giving up, and not running hot.
class ExchangeLineTest {
    private final Bench bench = new Bench();

    @Test
    void busy_keeps_the_connection_and_waits_its_slot() {
        bench.connect();
        bench.record(later(check(1)));
        Sending push = bench.awaitPush();
        bench.reply(push, new Reply.Busy(Duration.ofSeconds(40)));
        bench.advance(Duration.ofSeconds(39));
        bench.poll();
        assertThat(bench.pushOnTheWire()).isNull();
        assertThat(bench.hangUps).isZero();
        bench.advance(Duration.ofSeconds(1));
        assertThat(batch(bench.awaitPush()).facts()).isEqualTo(batch(push).facts());
    }

    @Test
    void sent_away_before_the_hub_it_comes_again_when_it_was_told_to() {
        bench.connect();
        bench.record(later(check(1)));
        bench.sendAway(bench.awaitPush(), Duration.ofSeconds(400));
        assertThat(bench.machine.connection())
                .isInstanceOfSatisfying(
                        ConnectionState.Offline.class,
                        offline -> assertThat(offline.cause()).isEqualTo(Cause.BUSY));

        bench.advance(Duration.ofSeconds(399));
        bench.poll();
        assertThat(bench.pushOnTheWire()).isNull();

        bench.advance(Duration.ofSeconds(1));
        bench.poll();
        assertThat(bench.pushOnTheWire()).isNotNull();
    }

    @Test
    void a_patient_is_asked_for_although_it_was_sent_away_before_the_hub() {
        bench.connect();
        bench.record(later(check(1)));
        bench.sendAway(bench.awaitPush(), Duration.ofSeconds(400));
        bench.advance(Duration.ofSeconds(5));

        bench.record(live(check(2)));
        bench.poll();

        assertThat(bench.pushOnTheWire()).isNotNull();
    }

    @Test
    void a_patient_may_ask_once_although_the_backlog_was_told_to_wait() {
        bench.connect();
        bench.record(later(check(1)));
        bench.reply(bench.awaitPush(), new Reply.Busy(Duration.ofMinutes(5)));
        bench.record(live(check(2)));
        Sending push = bench.awaitPush(Duration.ZERO);
        bench.reply(push, new Reply.Busy(Duration.ofMinutes(5)));
        bench.poll();
        assertThat(bench.pushOnTheWire()).isNull();
    }

    @Test
    void the_queue_drains_after_the_line_heals_without_any_new_write() {
        bench.recordMany(1200);
        bench.connect();
        bench.fail(bench.awaitPush(), Cause.DNS);
        for (int i = 0; i < 20; i++) {
            bench.fail(bench.awaitPush(Duration.ofMinutes(6)), Cause.TCP);
        }
        bench.acknowledge(bench.awaitPush(Duration.ofMinutes(6)));
        while (!bench.store.unacknowledged(CLINIC).isEmpty()) {
            bench.acknowledge(bench.awaitPush());
        }
        assertThat(bench.outbox().acknowledged().seq()).isEqualTo(1200);
    }

    @Test
    void with_a_patient_waiting_it_reconnects_at_once() {
        bench.connect();
        bench.record(live(check(1)));
        bench.fail(bench.awaitPush(), Cause.TCP);
        assertThat(batch(bench.awaitPush(Duration.ZERO)).facts()).isEmpty();
    }

    @Test
    void without_a_patient_reconnects_are_spread() {
        long late = IntStream.range(0, 50)
                .filter(i -> {
                    Bench edge = new Bench();
                    edge.advance(Duration.ofMillis(i));
                    edge.connect();
                    edge.policy = new Reply.Policy(Duration.ofMinutes(20), "0.1.0");
                    edge.news(edge.waitOnTheWire(), 1, check(i));
                    edge.fail(edge.waitOnTheWire(), Cause.TCP);
                    edge.poll();
                    edge.advance(Duration.ofSeconds(5));
                    edge.poll();
                    return edge.pushOnTheWire() == null;
                })
                .count();
        assertThat(late).isGreaterThan(40);
    }

    @Test
    void a_tap_while_offline_tries_at_once() {
        bench.connect();
        bench.fail(bench.waitOnTheWire(), Cause.TCP);
        bench.poll();
        bench.advance(Duration.ofSeconds(2));
        bench.record(live(check(1)));
        assertThat(bench.awaitPush(Duration.ofSeconds(1))).isNotNull();
    }

    @Test
    void an_answer_that_never_comes_drops_the_connection() {
        bench.connect();
        bench.record(later(check(1)));
        bench.awaitPush();
        bench.advance(Duration.ofSeconds(31));
        bench.poll();
        assertThat(bench.hangUps).isEqualTo(1);
        assertThat(bench.machine.connection()).isInstanceOf(ConnectionState.Offline.class);
    }

    @Test
    void the_watchdog_drops_a_connection_on_which_nothing_is_acknowledged() {
        bench.connect();
        bench.record(withCard(check(1)));
        for (int second = 0; second < 150 && bench.hangUps == 0; second++) {
            bench.poll();
            Sending push = bench.pushOnTheWire();
            if (push != null) {
                bench.acknowledge(push, Grant.NONE);
            }
            bench.advance(Duration.ofSeconds(1));
        }
        assertThat(bench.hangUps).isEqualTo(1);
    }

    @Test
    void answers_to_requests_given_up_are_ignored() {
        bench.connect();
        bench.record(withCard(check(1)));
        Sending push = bench.awaitPush();
        bench.fail(push, Cause.TIMEOUT);
        bench.acknowledge(push);
        assertThat(bench.outbox().acknowledged()).isEqualTo(StreamPosition.START);
    }

    @Test
    void refusals_do_not_loop_hot() {
        bench.connect();
        bench.record(withCard(check(1)));
        int pushes = 0;
        for (int second = 0; second < 600; second++) {
            bench.poll();
            for (Sending push = bench.pushOnTheWire(); push != null; push = bench.pushOnTheWire()) {
                pushes++;
                if (batch(push).facts().isEmpty()) {
                    bench.acknowledge(push);
                } else {
                    bench.refuse(push, Refusal.OUT_OF_ORDER);
                }
                bench.poll();
            }
            bench.advance(Duration.ofSeconds(1));
        }
        assertThat(pushes).isBetween(4, 60);
    }

    @Test
    void a_device_the_hub_refuses_is_shown_as_refused() {
        bench.connect();
        bench.reply(bench.waitOnTheWire(), new Reply.WaitRefused(CLINIC, Refusal.DEVICE_REVOKED));
        assertThat(bench.machine.connection())
                .isInstanceOfSatisfying(
                        ConnectionState.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.DEVICE_REVOKED));
        bench.record(withCard(check(1)));
        assertThat(ids(bench.awaitPush())).containsExactly(check(1).id());
    }

    @Test
    void P5_a_device_shut_out_stays_so_without_a_line_and_after_a_restart_until_it_may_read_again() {
        bench.connect();
        bench.reply(bench.waitOnTheWire(), new Reply.WaitRefused(CLINIC, Refusal.DEVICE_REVOKED));
        assertShutOut(Refusal.DEVICE_REVOKED);
        bench.record(withCard(check(1)));
        bench.fail(bench.awaitPush(), Cause.TCP);
        assertShutOut(Refusal.DEVICE_REVOKED);

        bench.restart();
        assertShutOut(Refusal.DEVICE_REVOKED);
        bench.connect();
        assertShutOut(Refusal.DEVICE_REVOKED);

        Sending asking = bench.waitOnTheWire();
        assertThat(((Request.Wait) asking.request()).patience()).isZero();
        bench.news(asking, 0);
        assertThat(bench.machine.isShutOut(CLINIC)).isFalse();
        assertThat(bench.machine.connection()).isInstanceOf(ConnectionState.Connected.class);
        bench.restart();
        assertThat(bench.machine.isShutOut(CLINIC)).isFalse();
    }

    @Test
    void P5_a_device_the_hub_does_not_know_is_shut_out_and_asks_again_slowly() {
        bench.refuseRequest(bench.awaitPush(), Refusal.DEVICE_UNKNOWN);
        assertShutOut(Refusal.DEVICE_UNKNOWN);
        bench.restart();
        assertShutOut(Refusal.DEVICE_UNKNOWN);
        bench.refuseRequest(bench.awaitPush(), Refusal.DEVICE_UNKNOWN);
        Duration before = bench.uptime;

        bench.acknowledge(bench.awaitPush(Waits.REFUSED_MAX.plusSeconds(1)));

        assertThat(bench.uptime.minus(before)).isGreaterThanOrEqualTo(Waits.REFUSED_MAX.dividedBy(2));
        assertShutOut(Refusal.DEVICE_UNKNOWN);
        bench.news(bench.waitOnTheWire(), 0);
        assertThat(bench.machine.isShutOut(CLINIC)).isFalse();
    }

    /// The first refusal could not be written down, and the second clinic stayed in sight.
    @Test
    void P5_on_a_full_disk_a_refused_device_hides_every_clinic_of_its_site() {
        Bench site = new Bench(new MemoryDisk(), List.of(CLINIC, OTHER_CLINIC), 7);
        Sending greeting = site.awaitPush();
        site.disk.out(true);

        site.refuseRequest(greeting, Refusal.DEVICE_UNKNOWN);

        assertThat(site.machine.isShutOut(CLINIC)).isTrue();
        assertThat(site.machine.isShutOut(OTHER_CLINIC)).isTrue();
    }

    private void assertShutOut(Refusal why) {
        assertThat(bench.machine.isShutOut(CLINIC)).isTrue();
        assertThat(bench.machine.connection())
                .isInstanceOfSatisfying(
                        ConnectionState.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(why));
    }

    @Test
    void a_device_that_runs_twice_comes_back_less_and_less_often_and_says_so() {
        bench.connect();
        int thrownOut = 0;
        for (int second = 0; second < 3600; second++) {
            bench.poll();
            Sending wait = bench.waitIfOnTheWire();
            if (wait != null) {
                bench.reply(wait, new Reply.WaitRefused(CLINIC, Refusal.INSTANCE_CLASH));
                thrownOut++;
            }
            greet();
            bench.advance(Duration.ofSeconds(1));
        }
        assertThat(thrownOut).isBetween(12, 60);
        assertThat(bench.machine.runsTwice(bench.moment())).isTrue();
        assertThat(bench.machine.isShutOut(CLINIC)).isFalse();
        assertThat(bench.machine.connection()).isInstanceOf(ConnectionState.Connected.class);
    }

    @Test
    void a_device_that_runs_twice_asks_at_once_for_a_patient_and_forgets_the_other_when_it_is_gone() {
        bench.connect();
        for (int times = 0; times < 12; times++) {
            bench.record(live(check(times)));
            bench.reply(bench.waitOnTheWire(), new Reply.WaitRefused(CLINIC, Refusal.INSTANCE_CLASH));
        }
        bench.record(live(check(12)));
        bench.news(bench.waitOnTheWire(), 1);
        assertThat(bench.machine.runsTwice(bench.moment())).isTrue();

        bench.advance(Waits.CLASH_REMEMBERED);
        assertThat(bench.machine.runsTwice(bench.moment())).isFalse();
    }

    private void greet() {
        Sending push = bench.pushOnTheWire();
        if (push != null) {
            bench.acknowledge(push);
        }
    }

    @Test
    void it_says_goodbye_with_a_reason() {
        bench.connect();
        bench.machine.leave("shutdown");
        Sending goodbye = bench.awaitPush();
        assertThat(((Request.Push) goodbye.request()).report().leaving()).isEqualTo("shutdown");
        assertThat(bench.machine.hasLeft()).isFalse();
        bench.acknowledge(goodbye);
        assertThat(bench.machine.hasLeft()).isTrue();
    }
}
