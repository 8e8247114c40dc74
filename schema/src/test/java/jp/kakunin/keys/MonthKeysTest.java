package jp.kakunin.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Objects;
import java.util.UUID;
import jp.kakunin.domain.TreatmentMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonthKeysTest {
    private static final TreatmentMonth OCTOBER = TreatmentMonth.of(2026, 10);
    private static final TreatmentMonth NOVEMBER = OCTOBER.next();
    private static final TreatmentMonth DECEMBER = NOVEMBER.next();
    private static final byte[] ROW = "row".getBytes(UTF_8);
    private static final byte[] PLAIN = "確認 太郎".getBytes(UTF_8);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MemoryVault vault = new MemoryVault();

    @Test
    void what_a_month_sealed_opens_after_a_restart() throws UnsealableException {
        byte[] sealed = key(open(), OCTOBER).seal(ROW, PLAIN);
        assertThat(key(open(), OCTOBER).open(ROW, sealed)).isEqualTo(PLAIN);
    }

    @Test
    void a_row_opens_only_in_its_month_and_place_and_unchanged() {
        MonthKeys keys = open();
        byte[] sealed = key(keys, OCTOBER).seal(ROW, PLAIN);
        assertThatThrownBy(() -> key(keys, NOVEMBER).open(ROW, sealed)).isInstanceOf(UnsealableException.class);
        assertThatThrownBy(() -> key(keys, OCTOBER).open("other".getBytes(UTF_8), sealed))
                .isInstanceOf(UnsealableException.class);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> key(keys, OCTOBER).open(ROW, sealed)).isInstanceOf(UnsealableException.class);
        assertThatThrownBy(() -> key(keys, OCTOBER).open(ROW, new byte[3])).isInstanceOf(UnsealableException.class);
    }

    @Test
    void the_same_content_never_looks_the_same() {
        SealingKey key = key(open(), OCTOBER);
        assertThat(key.seal(ROW, PLAIN))
                .isNotEqualTo(key.seal(ROW, PLAIN))
                .hasSize(PLAIN.length + SealingKey.OVERHEAD_BYTES);
    }

    @Test
    void an_id_hides_alike_in_its_month_and_unlike_in_another() {
        MonthKeys keys = open();
        UUID id = new UUID(1, 2);
        UUID hidden = key(keys, OCTOBER).hide(id);
        assertThat(hidden).isNotEqualTo(id).isEqualTo(key(open(), OCTOBER).hide(id));
        assertThat(hidden).isNotEqualTo(key(keys, NOVEMBER).hide(id));
        assertThat(key(keys, OCTOBER).reveal(hidden)).isEqualTo(id);
    }

    @Test
    void a_destroyed_key_and_all_older_ones_are_never_made_again() {
        MonthKeys keys = open();
        key(keys, OCTOBER);
        key(keys, NOVEMBER);
        byte[] sealed = key(keys, DECEMBER).seal(ROW, PLAIN);
        keys.destroy(NOVEMBER);
        for (MonthKeys each : new MonthKeys[] {keys, open()}) {
            assertThat(each.of(OCTOBER)).isNull();
            assertThat(each.of(NOVEMBER)).isNull();
            assertThat(each.destroyedThrough()).isEqualTo(NOVEMBER);
            assertThat(each.months()).containsExactly(DECEMBER);
            assertThat(each.find(DECEMBER))
                    .satisfies(key -> assertThat(Objects.requireNonNull(key).open(ROW, sealed))
                            .isEqualTo(PLAIN));
        }
    }

    @Test
    void a_month_that_was_left_out_keeps_its_key_until_it_is_not() throws UnsealableException {
        MonthKeys keys = open();
        byte[] sealed = key(keys, OCTOBER).seal(ROW, PLAIN);
        key(keys, NOVEMBER);
        keys.destroy(NOVEMBER, java.util.Set.of(OCTOBER));
        assertThat(open().isDestroyed(NOVEMBER)).isTrue();
        assertThat(open().isDestroyed(OCTOBER)).isFalse();
        assertThat(key(open(), OCTOBER).open(ROW, sealed)).isEqualTo(PLAIN);
        open().destroy(OCTOBER);
        assertThat(open().of(OCTOBER)).isNull();
        assertThat(open().destroyedThrough()).isEqualTo(NOVEMBER);
    }

    @Test
    void P4_an_older_ring_does_not_open_with_what_is_left() {
        key(open(), OCTOBER);
        MemoryVault before = vault.copy();
        open().destroy(OCTOBER);
        before.names().stream().filter(name -> name.startsWith("wrap")).forEach(before::destroy);
        for (String name : vault.names()) {
            before.write(name, Objects.requireNonNull(vault.read(name)));
            before.write("wrap-1", Objects.requireNonNull(vault.read("wrap-2")));
        }
        assertThat(MonthKeys.open(before, RANDOM).find(OCTOBER)).isNull();
    }

    /// Two writes and two removals make a destruction.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void power_lost_while_a_key_is_destroyed_leaves_the_old_keys_or_the_new(int changes) throws UnsealableException {
        MonthKeys keys = open();
        key(keys, OCTOBER);
        byte[] sealed = key(keys, NOVEMBER).seal(ROW, PLAIN);
        vault.losePowerAfter(changes);
        assertThatThrownBy(() -> keys.destroy(OCTOBER)).isInstanceOf(VaultException.class);
        vault.losePowerAfter(Integer.MAX_VALUE);

        MonthKeys again = open();
        assertThat(again.find(OCTOBER) == null)
                .isEqualTo(again.isDestroyed(OCTOBER))
                .isEqualTo(changes >= 2);
        assertThat(vault.names()).hasSize(2);
        again.destroy(OCTOBER);
        assertThat(open().find(OCTOBER)).isNull();
        assertThat(key(open(), NOVEMBER).open(ROW, sealed)).isEqualTo(PLAIN);
    }

    @Test
    void keys_whose_destruction_failed_can_still_be_added_to() {
        MonthKeys keys = open();
        key(keys, OCTOBER);
        vault.losePowerAfter(1);
        assertThatThrownBy(() -> keys.destroy(OCTOBER)).isInstanceOf(VaultException.class);
        vault.losePowerAfter(Integer.MAX_VALUE);
        key(keys, NOVEMBER);
        assertThat(open().months()).containsExactly(OCTOBER, NOVEMBER);
    }

    @Test
    void P4_a_destruction_that_could_not_remove_the_old_keys_is_finished_by_the_next_try() {
        MonthKeys keys = open();
        key(keys, OCTOBER);
        vault.losePowerAfter(2);
        assertThatThrownBy(() -> keys.destroy(OCTOBER)).isInstanceOf(VaultException.class);
        vault.losePowerAfter(Integer.MAX_VALUE);
        keys.destroy(OCTOBER);
        assertThat(vault.names()).containsExactlyInAnyOrder("wrap-2", "ring-2");
    }

    @Test
    void P1_a_key_made_after_a_failed_destruction_is_found_at_the_next_opening() {
        MonthKeys keys = open();
        key(keys, OCTOBER);
        vault.failAfterWriting("ring-2");
        assertThatThrownBy(() -> keys.destroy(OCTOBER)).isInstanceOf(VaultException.class);
        SealingKey november = key(keys, NOVEMBER);
        assertThat(key(open(), NOVEMBER).id()).isEqualTo(november.id());
    }

    @Test
    void what_else_lies_in_the_folder_is_left_alone() {
        key(open(), OCTOBER);
        vault.write("note.txt", new byte[3]);
        vault.write(".ring-1.draft", new byte[3]);
        open().destroy(OCTOBER);
        assertThat(vault.names()).containsExactlyInAnyOrder("wrap-2", "ring-2", "note.txt");
    }

    @Test
    void power_lost_while_the_first_pair_is_made_is_begun_again() {
        vault.losePowerAfter(1);
        assertThatThrownBy(this::open).isInstanceOf(VaultException.class);
        vault.losePowerAfter(Integer.MAX_VALUE);
        key(open(), OCTOBER);
        assertThat(open().months()).containsExactly(OCTOBER);
    }

    @Test
    void keys_that_cannot_be_read_are_not_replaced_in_silence() {
        key(open(), OCTOBER);
        vault.write("ring-1", new byte[90]);
        assertThatThrownBy(this::open).isInstanceOf(VaultException.class).hasMessageContaining("put the folder");
    }

    private MonthKeys open() {
        return MonthKeys.open(vault, RANDOM);
    }

    private static SealingKey key(MonthKeys keys, TreatmentMonth month) {
        return Objects.requireNonNull(keys.of(month));
    }
}
