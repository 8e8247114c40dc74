package jp.kakunin.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class IdSourceTest {
    private static final int IDS = 20_000;
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    private Instant now = NOW;
    private final IdSource ids = new IdSource(() -> now, new Random(1));

    @Test
    void ids_rise_while_the_clock_stands_still() {
        assertRising(drawn());
    }

    /// A busy millisecond has room for thousands; only then an id claims to be of the next one.
    @Test
    void ids_do_not_run_ahead_of_the_clock() {
        for (int i = 0; i < 2_000; i++) {
            assertThat(ids.check().value().getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
        }
    }

    @Test
    void ids_rise_while_the_clock_runs_back() {
        List<FactId> drawn = new ArrayList<>();
        for (int i = 0; i < IDS; i++) {
            drawn.add(ids.fact());
            now = now.minusMillis(7);
        }

        assertRising(drawn);
    }

    @Test
    void ids_rise_with_a_clock_that_jumps_to_and_fro() {
        Random jumps = new Random(2);
        List<FactId> drawn = new ArrayList<>();
        for (int i = 0; i < IDS; i++) {
            drawn.add(ids.fact());
            now = NOW.plusMillis(jumps.nextInt(-1_000, 1_000));
        }

        assertRising(drawn);
    }

    @Test
    void ids_tell_their_birth_and_their_kind() {
        UUID id = ids.fact().value();

        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void the_id_of_a_patient_does_not_tell_when_the_patient_came() {
        UUID id = ids.patient().value();

        assertThat(id.version()).isEqualTo(4);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isNotEqualTo(NOW.toEpochMilli());
    }

    @Test
    void a_second_source_with_the_same_clock_makes_other_ids() {
        IdSource other = new IdSource(InstantSource.fixed(NOW), new Random(3));

        assertThat(other.fact()).isNotEqualTo(ids.fact());
    }

    /// Far in the future the first bit of the milliseconds is set, and signed comparison would turn the order
    /// round.
    @Test
    void order_is_the_order_of_the_bytes() {
        UUID past = new UUID(0x7FFF_FFFF_FFFF_7000L, 0x8000_0000_0000_0000L);
        UUID future = new UUID(0x8000_0000_0000_7000L, 0x8000_0000_0000_0000L);
        UUID later = new UUID(0x8000_0000_0000_7000L, 0xBFFF_FFFF_FFFF_FFFFL);

        assertThat(new FactId(past)).isLessThan(new FactId(future));
        assertThat(new CheckId(future)).isLessThan(new CheckId(later));
        for (UUID id : List.of(past, future, later)) {
            assertThat(Ids.fromBytes(Ids.bytes(id))).isEqualTo(id);
        }
        assertThat(HexFormat.of().formatHex(Ids.bytes(future))).isEqualTo("80000000000070008000000000000000");
    }

    private List<FactId> drawn() {
        List<FactId> drawn = new ArrayList<>();
        for (int i = 0; i < IDS; i++) {
            drawn.add(ids.fact());
        }
        return drawn;
    }

    private static void assertRising(List<FactId> drawn) {
        for (int i = 1; i < drawn.size(); i++) {
            assertThat(drawn.get(i)).isGreaterThan(drawn.get(i - 1));
        }
    }
}
