package jp.kakunin.edge.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class EdgeClockTest {
    private static final Instant NOON = Instant.parse("2026-11-20T03:00:00Z");
    private static final Duration UP = Duration.ofHours(1);

    private final EdgeClock clock = new EdgeClock(NOON.minus(Duration.ofDays(1)), at(NOON, UP));

    private static Moment at(Instant wall, Duration uptime) {
        return new Moment(wall, uptime);
    }

    @Test
    void a_clock_that_simply_runs_is_believed() {
        clock.observe(at(NOON.plusSeconds(60), UP.plusSeconds(60)));
        assertThat(clock.isDoubtful()).isFalse();
        assertThat(clock.at(NOON.plusSeconds(60))).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void the_hub_s_time_is_the_business_time() {
        clock.hubSaid(NOON.plusSeconds(300), at(NOON, UP));
        assertThat(clock.at(NOON.plusSeconds(10))).isEqualTo(NOON.plusSeconds(310));
    }

    @Test
    void time_never_runs_behind_what_the_hub_last_said() {
        clock.hubSaid(NOON.plusSeconds(300), at(NOON, UP));
        clock.hubSaid(NOON.plusSeconds(200), at(NOON, UP));
        assertThat(clock.at(NOON)).isEqualTo(NOON.plusSeconds(300));
    }

    @Test
    void a_clock_behind_the_hub_at_the_start_is_doubtful_and_lifted() {
        EdgeClock reset = new EdgeClock(NOON, at(Instant.EPOCH, UP));
        assertThat(reset.isDoubtful()).isTrue();
        assertThat(reset.at(Instant.EPOCH)).isEqualTo(NOON);
    }

    /// A PC that is always ten minutes behind asked its staff for the date at every start without a hub.
    @Test
    void a_clock_that_is_slow_by_minutes_at_the_start_is_lifted_and_not_doubtful() {
        EdgeClock slow = new EdgeClock(NOON, at(NOON.minus(Duration.ofMinutes(10)), UP));
        assertThat(slow.isDoubtful()).isFalse();
        assertThat(slow.at(NOON.minus(Duration.ofMinutes(10)))).isEqualTo(NOON);
        assertThat(new EdgeClock(NOON, at(NOON.minus(Duration.ofHours(2)), UP)).isDoubtful())
                .isTrue();
    }

    @Test
    void a_pc_that_has_never_met_its_hub_is_doubtful_until_it_does() {
        EdgeClock fresh = new EdgeClock(null, at(Instant.EPOCH, UP));
        assertThat(fresh.isDoubtful()).isTrue();

        fresh.hubSaid(NOON, at(Instant.EPOCH, UP));
        assertThat(fresh.isDoubtful()).isFalse();
        assertThat(fresh.at(Instant.EPOCH)).isEqualTo(NOON);
    }

    @Test
    void an_edge_switched_off_over_the_holidays_is_believed_but_not_one_from_the_far_future() {
        assertThat(new EdgeClock(NOON, at(NOON.plus(Duration.ofDays(12)), UP)).isDoubtful())
                .isFalse();
        assertThat(new EdgeClock(NOON, at(NOON.plus(Duration.ofDays(400)), UP)).isDoubtful())
                .isTrue();
    }

    @Test
    void a_clock_set_back_is_doubtful_and_time_goes_on() {
        clock.observe(at(NOON.minus(Duration.ofDays(30)).plusSeconds(1), UP.plusSeconds(1)));
        assertThat(clock.isDoubtful()).isTrue();
        assertThat(clock.at(NOON.minus(Duration.ofDays(30)).plusSeconds(1))).isEqualTo(NOON.plusSeconds(1));
    }

    @Test
    void a_jump_of_more_than_a_day_is_doubtful_but_a_night_asleep_is_not() {
        clock.observe(at(NOON.plus(Duration.ofHours(14)), UP.plusSeconds(1)));
        assertThat(clock.isDoubtful()).isFalse();
        clock.observe(at(NOON.plus(Duration.ofHours(40)), UP.plusSeconds(2)));
        assertThat(clock.isDoubtful()).isTrue();
    }

    @Test
    void the_hub_s_answer_ends_the_doubt() {
        clock.observe(at(NOON.minus(Duration.ofDays(30)), UP));
        clock.hubSaid(NOON, at(NOON.minus(Duration.ofDays(30)), UP));
        assertThat(clock.isDoubtful()).isFalse();
    }

    @Test
    void the_staff_s_answer_ends_the_doubt_and_sets_the_date() {
        clock.observe(at(NOON.plus(Duration.ofDays(100)), UP));
        assertThat(clock.confirm(LocalDate.of(2026, 11, 21), at(NOON.plus(Duration.ofDays(100)), UP)))
                .isTrue();
        assertThat(clock.isDoubtful()).isFalse();
        assertThat(clock.at(NOON.plus(Duration.ofDays(100)))).isEqualTo(NOON.plus(Duration.ofDays(1)));
    }

    @Test
    void a_date_before_the_hub_s_last_is_not_accepted() {
        clock.observe(at(NOON.minus(Duration.ofDays(30)), UP));
        assertThat(clock.confirm(LocalDate.of(2026, 11, 1), at(NOON.minus(Duration.ofDays(30)), UP)))
                .isFalse();
        assertThat(clock.isDoubtful()).isTrue();
    }

    @Test
    void only_what_the_hub_told_and_this_process_ran_through_is_trusted() {
        Instant dayBefore = NOON.minus(Duration.ofDays(1));
        assertThat(clock.trusted(at(NOON, UP))).isEqualTo(dayBefore);
        clock.observe(at(NOON.plus(Duration.ofDays(90)), UP));
        assertThat(clock.trusted(at(NOON.plus(Duration.ofDays(90)), UP.plusHours(2))))
                .isEqualTo(dayBefore.plus(Duration.ofHours(2)));
        assertThat(clock.confirm(LocalDate.of(2027, 2, 18), at(NOON.plus(Duration.ofDays(90)), UP)))
                .isTrue();
        assertThat(clock.trusted(at(NOON, UP))).isEqualTo(dayBefore);

        clock.hubSaid(NOON, at(NOON, UP));
        assertThat(clock.trusted(at(NOON, UP.plusHours(1)))).isEqualTo(NOON.plus(Duration.ofHours(1)));
        clock.hubSaid(NOON.minusSeconds(30), at(NOON, UP.plusHours(1)));
        assertThat(clock.trusted(at(NOON, UP.plusHours(1)))).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(new EdgeClock(null, at(NOON, UP)).trusted(at(NOON, UP))).isNull();
    }

    @Test
    void a_hub_far_ahead_of_everything_known_here_is_trusted_only_if_this_clock_agrees() {
        Instant far = NOON.plus(Duration.ofDays(400));
        Instant dayBefore = NOON.minus(Duration.ofDays(1));
        clock.hubSaid(far, at(NOON, UP));
        assertThat(clock.at(NOON)).isEqualTo(far);
        assertThat(clock.trusted(at(NOON, UP))).isEqualTo(dayBefore);
        clock.hubSaid(far, at(far.plusSeconds(60), UP));
        assertThat(clock.trusted(at(far.plusSeconds(60), UP))).isEqualTo(far);
    }
}
