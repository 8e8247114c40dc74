package jp.kakunin.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class LockoutTest {
    private static final Instant NOW = Instant.parse("2026-11-22T01:00:00Z");

    private final Lockout lockout = new Lockout();

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            lockout.tried(NOW);
        }
    }

    @Test
    void a_few_slips_cost_nothing() {
        fail(Lockout.FREE_TRIES - 1);

        assertThat(lockout.waitAt(NOW)).isZero();
    }

    @Test
    void each_further_failure_doubles_the_wait_up_to_five_minutes() {
        fail(Lockout.FREE_TRIES);
        assertThat(lockout.waitAt(NOW)).isEqualTo(Duration.ofSeconds(2));
        fail(1);
        assertThat(lockout.waitAt(NOW)).isEqualTo(Duration.ofSeconds(4));
        fail(100);
        assertThat(lockout.waitAt(NOW)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void the_right_password_starts_over() {
        fail(Lockout.FREE_TRIES);
        lockout.succeeded();

        assertThat(lockout.waitAt(NOW)).isZero();
    }
}
