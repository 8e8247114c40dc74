package jp.kakunin.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import jp.kakunin.avro.FactRecord;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.Fact.ReferenceSet;
import jp.kakunin.exchange.Limits;
import org.junit.jupiter.api.Test;

final class FactCodecTest {
    private static final int SEEDS = 6_000;

    @Test
    void every_fact_comes_back_as_it_was() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Fact fact = DrawnFacts.ofSeed(seed);
            assertThat(FactCodec.decode(FactCodec.encode(fact)))
                    .as("seed %d", seed)
                    .isEqualTo(new Decoded.Known(fact));
        }
    }

    @Test
    void equal_facts_are_equal_bytes() {
        assertThat(FactCodec.encode(DrawnFacts.ofSeed(4))).isEqualTo(FactCodec.encode(DrawnFacts.ofSeed(4)));
    }

    @Test
    void the_form_is_the_single_object_encoding_of_avro() throws IOException {
        Fact fact = DrawnFacts.ofSeed(0);

        byte[] byAvro = Atoms.bytes(FactRecord.getEncoder().encode(FactRecords.record(fact)));

        assertThat(FactCodec.encode(fact)).isEqualTo(byAvro);
        assertThat(FactRecords.fact(FactRecord.getDecoder().decode(FactCodec.encode(fact))))
                .isEqualTo(fact);
    }

    @Test
    void many_threads_may_decode_at_once() {
        assertThat(IntStream.range(0, SEEDS).parallel().mapToObj(DrawnFacts::ofSeed))
                .allMatch(fact -> FactCodec.decode(FactCodec.encode(fact)).equals(new Decoded.Known(fact)));
    }

    @Test
    void a_fact_of_another_schema_is_known_to_be_one() {
        byte[] bytes = FactCodec.encode(DrawnFacts.ofSeed(1));
        bytes[5] ^= 1;

        assertUnreadable(bytes, QuarantineReason.UNKNOWN_SCHEMA);
    }

    @Test
    void a_fact_with_something_behind_it_is_unreadable() {
        byte[] bytes = FactCodec.encode(DrawnFacts.ofSeed(1));

        assertUnreadable(Arrays.copyOf(bytes, bytes.length + 1), QuarantineReason.UNREADABLE);
    }

    @Test
    void bytes_without_a_fingerprint_are_unreadable() {
        assertUnreadable(new byte[0], QuarantineReason.UNREADABLE);
        assertUnreadable(new byte[500], QuarantineReason.UNREADABLE);
    }

    @Test
    void a_fact_that_breaks_a_rule_of_the_domain_is_unreadable() {
        FactRecord record = FactRecords.record(DrawnFacts.ofSeed(2));
        record.setClinic("12345");

        assertUnreadable(
                new RecordForm<FactRecord>(FactRecord.getClassSchema()).tagged(record), QuarantineReason.UNREADABLE);
    }

    @Test
    void a_fact_over_the_limit_is_neither_written_nor_read() {
        Fact tooLong = new ReferenceSet(DrawnFacts.ofSeed(2).envelope(), "x".repeat(Limits.FACT_BYTES_MAX));

        assertThatThrownBy(() -> FactCodec.encode(tooLong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16384")
                .hasMessageNotContaining("xxx");
        assertUnreadable(new byte[Limits.FACT_BYTES_MAX + 1], QuarantineReason.TOO_LARGE);
    }

    private static void assertUnreadable(byte[] bytes, QuarantineReason reason) {
        assertThat(FactCodec.decode(bytes)).isEqualTo(new Decoded.Unreadable(reason));
    }
}
