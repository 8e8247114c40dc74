package jp.kakunin.hub.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PackedTest {
    private final Random random = new Random(35);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 5, 511, 512, 513, 600, 5_000, 1_000_000})
    void whatever_is_packed_comes_back(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        byte[] same = new byte[length];

        assertThat(Packed.unpack(Packed.pack(noise))).isEqualTo(noise);
        assertThat(Packed.unpack(Packed.pack(same))).isEqualTo(same);
        assertThat(Packed.pack(noise).length).isEqualTo(length + 1);
    }

    @Test
    void what_says_the_same_again_becomes_shorter() {
        byte[] fact = new byte[300];
        random.nextBytes(fact);
        byte[] month = new byte[3_000];
        for (int at = 0; at < month.length; at += fact.length) {
            System.arraycopy(fact, 0, month, at, fact.length);
        }

        assertThat(Packed.pack(month).length).isLessThan(400);
    }

    @Test
    void what_nothing_packed_is_refused_whatever_length_it_claims() {
        byte[] packed = Packed.pack(new byte[2_000]);
        for (int at = 0; at < 5; at++) {
            byte[] spoilt = packed.clone();
            spoilt[at] ^= 0x55;
            assertThatIllegalArgumentException().as("byte %d", at).isThrownBy(() -> Packed.unpack(spoilt));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Packed.unpack(new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> Packed.unpack(new byte[] {1, 0, 0, 0, 9}));
    }
}
