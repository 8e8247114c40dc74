package jp.kakunin.hub.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import jp.kakunin.domain.Answer.Outcome;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.ProofNumber;
import org.junit.jupiter.api.Test;

final class ProofNumbersTest {
    private static final InstitutionCode CLINIC = new InstitutionCode("1380000016");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    private final ProofNumbers numbers = new ProofNumbers(key(1), new Random(1));

    @Test
    void a_number_is_genuine_for_its_clinic_date_and_outcome_and_for_nothing_else() {
        for (Outcome outcome : Outcome.values()) {
            ProofNumber number = numbers.give(CLINIC, DAY, outcome);

            assertThat(numbers.isGenuine(number, CLINIC, DAY, outcome)).isTrue();
            assertThat(numbers.isGenuine(number, new InstitutionCode("1390000029"), DAY, outcome))
                    .isFalse();
            assertThat(numbers.isGenuine(number, CLINIC, DAY.plusDays(1), outcome))
                    .isFalse();
            assertThat(numbers.isGenuine(number, CLINIC, DAY.plusYears(1), outcome))
                    .isFalse();
            for (Outcome other : Outcome.values()) {
                assertThat(numbers.isGenuine(number, CLINIC, DAY, other)).isEqualTo(other == outcome);
            }
        }
    }

    @Test
    void every_changed_bit_is_noticed() {
        ProofNumber number = numbers.give(CLINIC, DAY, Outcome.VALID);
        for (int bit = 0; bit < ProofNumber.BYTES * Byte.SIZE; bit++) {
            byte[] bytes = number.bytes();
            bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

            assertThat(numbers.isGenuine(ProofNumber.fromBytes(bytes), CLINIC, DAY, Outcome.VALID))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    @Test
    void another_hub_cannot_make_one() {
        var other = new ProofNumbers(key(2), new Random(1));

        assertThat(numbers.isGenuine(other.give(CLINIC, DAY, Outcome.VALID), CLINIC, DAY, Outcome.VALID))
                .isFalse();
    }

    /// Two checks of one person have numbers that have nothing in common: nothing about the person goes in.
    @Test
    void numbers_of_equal_checks_differ() {
        Set<ProofNumber> given = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            given.add(numbers.give(CLINIC, DAY, Outcome.VALID));
        }

        assertThat(given).hasSize(1_000);
    }

    @Test
    void a_short_key_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProofNumbers(new byte[16], new Random()))
                .withMessageContaining("at least 32 bytes, got 16");
    }

    private static byte[] key(int seed) {
        byte[] key = new byte[32];
        new Random(seed).nextBytes(key);
        return key;
    }
}
