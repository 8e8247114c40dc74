package jp.kakunin.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Function;
import java.util.function.IntFunction;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.journal.Summary;
import org.junit.jupiter.api.Test;

final class JournalCodecTest {
    private static final int SEEDS = 2_000;

    @Test
    void every_head_comes_back_as_it_was() {
        assertRoundTrip(DrawnJournal::headOfSeed, JournalCodec::encode, JournalCodec::decodeHead);
    }

    @Test
    void every_block_comes_back_as_it_was() {
        assertRoundTrip(DrawnJournal::blockOfSeed, JournalCodec::encode, JournalCodec::decodeBlock);
    }

    @Test
    void every_stream_state_comes_back_as_it_was() {
        assertRoundTrip(DrawnJournal::streamStateOfSeed, JournalCodec::encode, JournalCodec::decodeStreamState);
    }

    @Test
    void standings_alone_are_those_of_the_summary() throws MalformedFrameException {
        for (int seed = 0; seed < 100; seed++) {
            Summary summary = DrawnJournal.summaryOfSeed(seed);
            assertThat(JournalCodec.decodeStandings(JournalCodec.encode(summary)))
                    .isEqualTo(summary.visits().stream()
                            .map(VisitStanding::standing)
                            .toList());
        }
    }

    @Test
    void every_summary_comes_back_as_it_was() {
        assertRoundTrip(DrawnJournal::summaryOfSeed, JournalCodec::encode, JournalCodec::decodeSummary);
    }

    @Test
    void one_kind_of_record_is_not_taken_for_another() {
        byte[] head = JournalCodec.encode(DrawnJournal.headOfSeed(1));

        assertThatThrownBy(() -> JournalCodec.decodeSummary(head))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessage("the bytes were written with a schema that this version does not know");
    }

    private static <T> void assertRoundTrip(
            IntFunction<T> drawn, Function<T, byte[]> encode, Function<byte[], T> decode) {
        for (int seed = 0; seed < SEEDS; seed++) {
            T value = drawn.apply(seed);
            assertThat(decode.apply(encode.apply(value))).as("seed %d", seed).isEqualTo(value);
        }
    }
}
