package jp.kakunin.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.SentFact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever bytes come: a value, an `Unreadable` or a [MalformedFrameException], and no memory beyond what they are
/// worth.
final class MalformedBytesTest {
    private static final int SEEDS = 1_500;
    private static final long ALLOCATED_BYTES_MAX = 4_000_000;
    private static final SentFact EMPTY = new SentFact(0, new byte[0], null);

    /// 2^31 - 1, 2^62 and -2^63 as Avro writes them: lengths and counts nobody can mean.
    private static final List<byte[]> HUGE =
            List.of(hex("feffffff0f"), hex("80808080808080808001"), hex("ffffffffffffffffff01"));

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static List<GoldenSample<?>> samples() {
        return GoldenSample.ALL;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_truncated_record_is_refused(GoldenSample<?> sample) {
        byte[] whole = sample.encoded();

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(isTakenOrRefused(sample, cut)).as("%d bytes", length).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void flipped_bits_are_read_or_refused(GoldenSample<?> sample) {
        byte[] whole = sample.encoded();

        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            byte[] flipped = whole.clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertReadOrRefused(sample, flipped, seed);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_huge_number_anywhere_is_read_or_refused_without_making_room_for_it(GoldenSample<?> sample) {
        byte[] whole = sample.encoded();

        for (int at = 0; at < whole.length; at++) {
            for (byte[] huge : HUGE) {
                assertReadOrRefused(sample, spliced(whole, at, huge), at);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 1_000})
    void noise_is_refused(int length) {
        for (int seed = 0; seed < SEEDS; seed++) {
            byte[] noise = new byte[length];
            new Random(seed).nextBytes(noise);

            assertThat(FactCodec.decode(noise)).isInstanceOf(Decoded.Unreadable.class);
            for (GoldenSample<?> sample : GoldenSample.ALL) {
                if (sample.name().startsWith("re")) {
                    assertReadOrRefused(sample, noise, seed);
                }
            }
        }
    }

    @Test
    void a_frame_full_of_empty_facts_costs_no_more_than_the_limit_of_items() {
        byte[] full = ExchangeCodec.encode(GoldenFrames.pushOf(Collections.nCopies(1_300_000, EMPTY)));
        assertThat(full).hasSizeBetween(Limits.FRAME_BYTES_MAX * 9 / 10, Limits.FRAME_BYTES_MAX);

        long allocated = allocatedBy(() -> assertThatThrownBy(() -> ExchangeCodec.decodeRequest(full))
                .isInstanceOf(MalformedFrameException.class));

        assertThat(allocated).isLessThan(ALLOCATED_BYTES_MAX);
    }

    private void assertReadOrRefused(GoldenSample<?> sample, byte[] bytes, int seed) {
        long allocated = allocatedBy(() -> isTakenOrRefused(sample, bytes));
        assertThat(allocated).as("%s, seed %d", sample, seed).isLessThan(ALLOCATED_BYTES_MAX);
    }

    /// Whether the bytes were taken; anything but a declared refusal goes through and fails the test.
    private static boolean isTakenOrRefused(GoldenSample<?> sample, byte[] bytes) {
        if (sample.name().startsWith("fact")) {
            return FactCodec.decode(bytes) instanceof Decoded.Known;
        }
        try {
            sample.decode(bytes);
            return true;
        } catch (MalformedFrameException _) {
            return false;
        }
    }

    private long allocatedBy(Runnable action) {
        long before = threads.getCurrentThreadAllocatedBytes();
        action.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static byte[] spliced(byte[] whole, int at, byte[] inserted) {
        var out = new ByteArrayOutputStream();
        out.write(whole, 0, at);
        out.writeBytes(inserted);
        out.write(whole, at + 1, whole.length - at - 1);
        return out.toByteArray();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
