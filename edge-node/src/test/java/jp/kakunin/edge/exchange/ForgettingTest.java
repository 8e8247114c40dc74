package jp.kakunin.edge.exchange;

import static jp.kakunin.edge.store.Facts.CLINIC;
import static jp.kakunin.edge.store.Facts.NOVEMBER;
import static jp.kakunin.edge.store.Facts.OTHER_CLINIC;
import static jp.kakunin.edge.store.Facts.check;
import static jp.kakunin.edge.store.Facts.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.edge.store.Facts;
import jp.kakunin.edge.store.MemoryDisk;
import jp.kakunin.outbox.TooLate;
import org.junit.jupiter.api.Test;

/// When an edge forgets a month: by trusted time alone, online or not.
class ForgettingTest {
    private static final Instant CLOSE = NOVEMBER.closedFrom();
    private static final Duration TURN = Duration.ofSeconds(20);

    private final Bench edge = new Bench();

    @Test
    void a_month_goes_at_its_close_though_the_hub_is_away_since_weeks() {
        edge.connect();
        edge.recordMany(2);
        edge.acknowledge(edge.awaitPush());
        runUntil(CLOSE.minusSeconds(1));
        assertThat(edge.store.facts(CLINIC, NOVEMBER)).hasSize(2);
        runUntil(CLOSE.plus(TURN));
        assertThat(edge.store.facts(CLINIC, NOVEMBER)).isEmpty();
        assertThat(edge.store.tooLate(CLINIC)).isEqualTo(TooLate.NONE);
        assertThat(edge.machine.takeChanged()).isTrue();
    }

    @Test
    void a_clock_that_leaps_forgets_nothing() {
        edge.connect();
        edge.recordMany(2);
        edge.wall = CLOSE.plus(Duration.ofDays(400));
        edge.poll();
        edge.advance(TURN);
        edge.poll();
        assertThat(edge.store.facts(CLINIC, NOVEMBER)).hasSize(2);
    }

    @Test
    void what_the_hub_says_after_the_close_is_enough() {
        edge.connect();
        edge.recordMany(2);
        edge.restart();
        edge.wall = CLOSE;
        edge.connect();
        edge.advance(TURN);
        edge.poll();
        assertThat(edge.store.facts(CLINIC, NOVEMBER)).isEmpty();
        assertThat(edge.store.tooLate(CLINIC)).isEqualTo(new TooLate(Map.of(NOVEMBER, 2)));
    }

    @Test
    void facts_on_their_way_when_their_month_closes_end_the_stream_and_the_next_ones_go_in_a_new_one() {
        edge.connect();
        edge.recordMany(1);
        edge.awaitPush();
        Epoch before = edge.epoch();
        runUntil(CLOSE.plus(TURN));
        assertThat(edge.epoch()).isNotEqualTo(before);

        TreatmentMonth january = TreatmentMonth.at(CLOSE);
        edge.record(Facts.later(Facts.check(9, january, VisitKind.INITIAL, false)));
        edge.acknowledge(edge.awaitPush(Duration.ofHours(1)));
        assertThat(Bench.ids(edge.awaitPush())).containsExactly(Facts.check(9).id());
    }

    /// It is never sent from here any more, so no hub will ever have it.
    @Test
    void a_month_does_not_wait_for_what_a_doubtful_clock_dated_at_a_clinic_this_device_left() {
        MemoryDisk disk = new MemoryDisk();
        Bench former = new Bench(disk, List.of(OTHER_CLINIC), 7);
        former.record(Facts.later(check(envelope(1, OTHER_CLINIC, NOVEMBER, true), 1, VisitKind.INITIAL, false)));
        Bench now = new Bench(disk, List.of(CLINIC), 8);
        now.record(Facts.later(check(2)));
        now.wall = CLOSE;
        now.connect();
        now.advance(TURN);
        now.poll();
        assertThat(now.store.facts(CLINIC, NOVEMBER)).isEmpty();
        assertThat(now.store.facts(OTHER_CLINIC, NOVEMBER)).isEmpty();
    }

    @Test
    void the_time_that_passed_without_a_hub_outlives_a_restart() {
        edge.connect();
        edge.recordMany(1);
        runUntil(CLOSE.minus(Duration.ofMinutes(30)));
        edge.restart();
        edge.clock =
                new EdgeClock(Objects.requireNonNull(edge.store.lastHeard()).hubTime(), edge.moment());
        assertThat(edge.clock.trusted(edge.moment())).isAfter(CLOSE.minus(Duration.ofHours(2)));
    }

    private void runUntil(Instant then) {
        while (edge.wall.isBefore(then)) {
            Duration left = Duration.between(edge.wall, then);
            edge.advance(left.compareTo(Duration.ofHours(6)) > 0 ? Duration.ofHours(6) : left);
            edge.poll();
        }
    }
}
