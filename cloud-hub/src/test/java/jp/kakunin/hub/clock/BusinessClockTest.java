package jp.kakunin.hub.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BusinessClockTest {
    private static final Instant NOON = Instant.parse("2026-10-31T03:00:00Z");

    private Instant machine = NOON;
    private Duration uptime = Duration.ofHours(5);

    @Test
    void it_goes_with_the_machine() throws UnbelievableClockException {
        BusinessClock clock = started(null);
        passes(Duration.ofHours(3));
        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofHours(3)));
        assertThat(clock.leap()).isZero();
    }

    @Test
    void a_machine_that_slept_is_believed() throws UnbelievableClockException {
        BusinessClock clock = started(null);
        machine = machine.plus(BusinessClock.SLEEP_MAX);
        assertThat(clock.instant()).isEqualTo(machine);
    }

    @Test
    void a_leap_forward_is_not_believed_and_forgets_no_month_early() throws UnbelievableClockException {
        BusinessClock clock = started(null);
        machine = machine.plus(Duration.ofDays(40));
        passes(Duration.ofMinutes(1));
        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(1)));
        assertThat(clock.leap()).isEqualTo(Duration.ofDays(40));

        machine = machine.minus(Duration.ofDays(40));
        passes(Duration.ofMinutes(1));
        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(2)));
        assertThat(clock.leap()).isZero();
    }

    @Test
    void leaps_that_are_each_small_do_not_add_up_while_no_time_passes() throws UnbelievableClockException {
        BusinessClock clock = started(null);
        machine = machine.plus(Duration.ofHours(25));
        assertThat(clock.instant()).isEqualTo(NOON);
        machine = machine.minus(Duration.ofHours(2));
        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofHours(23)));
    }

    /// Thirty of them were once a month that was forgotten too early.
    @Test
    void leaps_that_are_each_small_do_not_add_up_to_days_while_minutes_pass() throws UnbelievableClockException {
        BusinessClock clock = started(null);
        for (int leap = 0; leap < 60; leap++) {
            machine = machine.plus(Duration.ofHours(23));
            passes(Duration.ofMinutes(1));
            clock.instant();
        }
        assertThat(clock.instant()).isBefore(NOON.plus(BusinessClock.SLEEP_MAX).plus(Duration.ofHours(5)));
        assertThat(clock.leap()).isPositive();

        machine = NOON.plus(Duration.ofHours(24));
        passes(Duration.ofMinutes(1));
        assertThat(clock.instant()).isBefore(NOON.plus(BusinessClock.SLEEP_MAX).plus(Duration.ofHours(5)));
    }

    /// What a long run leaves unused was once enough to forget a month too early.
    @Test
    void a_long_run_saves_no_leaps_up() throws UnbelievableClockException {
        BusinessClock clock = started(null);
        for (int day = 0; day < 30; day++) {
            passes(Duration.ofDays(1));
            clock.instant();
        }
        Instant before = machine;
        for (int leap = 0; leap < 60; leap++) {
            machine = machine.plus(Duration.ofHours(23));
            passes(Duration.ofMinutes(1));
            clock.instant();
        }
        assertThat(clock.instant())
                .isBefore(before.plus(BusinessClock.SLEEP_MAX).plus(Duration.ofHours(5)));
        assertThat(clock.leap()).isPositive();
    }

    @Test
    void a_machine_that_sleeps_every_night_is_followed() throws UnbelievableClockException {
        BusinessClock clock = started(null);
        for (int day = 0; day < 60; day++) {
            passes(Duration.ofHours(8));
            clock.instant();
            machine = machine.plus(Duration.ofHours(16));
            assertThat(clock.instant()).isEqualTo(machine);
        }
    }

    @Test
    void a_correction_backwards_makes_it_stand_still_and_then_go_with_the_machine() throws UnbelievableClockException {
        BusinessClock clock = started(null);
        clock.instant();
        machine = machine.minusSeconds(20);
        passes(Duration.ofSeconds(15));
        assertThat(clock.instant()).isEqualTo(NOON);
        passes(Duration.ofSeconds(15));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(10));
    }

    @Test
    void a_clock_set_back_is_not_believed() throws UnbelievableClockException {
        BusinessClock clock = started(null);
        machine = machine.minus(Duration.ofDays(400));
        passes(Duration.ofMinutes(2));
        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(2)));
        assertThat(clock.leap()).isEqualTo(Duration.ofDays(-400));
    }

    @Test
    void a_start_far_from_the_last_run_needs_somebody_to_say_that_the_clock_is_right()
            throws UnbelievableClockException {
        Instant longAgo = NOON.minus(BusinessClock.OFF_MAX).minusSeconds(1);
        assertThatThrownBy(() -> started(longAgo))
                .isInstanceOf(UnbelievableClockException.class)
                .hasMessageContaining("--clock-is-right")
                .hasMessageContaining(longAgo.toString());
        Instant ahead = NOON.plus(BusinessClock.BACK_MAX).plusSeconds(1);
        assertThatThrownBy(() -> started(ahead)).isInstanceOf(UnbelievableClockException.class);
        assertThatCode(() -> started(longAgo.plusSeconds(1))).doesNotThrowAnyException();
        assertThat(new BusinessClock(() -> machine, () -> uptime, ahead, true).instant())
                .isEqualTo(NOON);
    }

    @Test
    void it_never_runs_behind_its_last_run() throws UnbelievableClockException {
        Instant last = NOON.plus(Duration.ofHours(2));
        BusinessClock clock = started(last);
        assertThat(clock.instant()).isEqualTo(last);
        passes(Duration.ofMinutes(30));
        assertThat(clock.instant()).isEqualTo(last.plus(Duration.ofMinutes(30)));
    }

    private BusinessClock started(@Nullable Instant lastSeen) throws UnbelievableClockException {
        return new BusinessClock(() -> machine, () -> uptime, lastSeen, false);
    }

    private void passes(Duration time) {
        machine = machine.plus(time);
        uptime = uptime.plus(time);
    }
}
