package jp.kakunin.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.SentFact;
import org.junit.jupiter.api.Test;

final class ExchangeCodecTest {
    private static final int SEEDS = 3_000;

    @Test
    void every_request_comes_back_as_it_was() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Request request = DrawnFrames.requestOfSeed(seed);
            assertThat(ExchangeCodec.decodeRequest(ExchangeCodec.encode(request)))
                    .as("seed %d", seed)
                    .isEqualTo(request);
        }
    }

    @Test
    void every_reply_comes_back_as_it_was() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Reply reply = DrawnFrames.replyOfSeed(seed);
            assertThat(ExchangeCodec.decodeReply(ExchangeCodec.encode(reply)))
                    .as("seed %d", seed)
                    .isEqualTo(reply);
        }
    }

    @Test
    void a_full_batch_fits_into_a_frame() {
        byte[] fact = new byte[Limits.BATCH_BYTES_MAX / Limits.BATCH_FACTS_MAX];
        Request full = GoldenFrames.pushOf(Collections.nCopies(Limits.BATCH_FACTS_MAX, new SentFact(1, fact, null)));

        assertThat(ExchangeCodec.decodeRequest(ExchangeCodec.encode(full))).isEqualTo(full);
    }

    @Test
    void a_batch_with_too_many_facts_can_be_read_to_be_refused_by_name() {
        Request tooMany = GoldenFrames.pushOf(Collections.nCopies(2_000, new SentFact(1, new byte[100], null)));

        assertThat(ExchangeCodec.decodeRequest(ExchangeCodec.encode(tooMany))).isEqualTo(tooMany);
    }

    @Test
    void a_frame_of_more_items_than_any_batch_needs_is_malformed() {
        byte[] body = ExchangeCodec.encode(GoldenFrames.pushOf(
                Collections.nCopies(ExchangeCodec.FRAME_ITEMS_MAX, new SentFact(1, new byte[0], null))));

        assertThatThrownBy(() -> ExchangeCodec.decodeRequest(body))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessage("the frame has too many list items");
    }

    @Test
    void a_frame_over_the_limit_is_neither_written_nor_read() {
        Request tooLong = GoldenFrames.pushOf(List.of(new SentFact(1, new byte[Limits.FRAME_BYTES_MAX], null)));

        assertThatThrownBy(() -> ExchangeCodec.encode(tooLong)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ExchangeCodec.decodeRequest(new byte[Limits.FRAME_BYTES_MAX + 1]))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("4194304");
    }

    @Test
    void bytes_behind_a_frame_are_malformed() {
        byte[] body = ExchangeCodec.encode(DrawnFrames.replyOfSeed(4));

        assertThatThrownBy(() -> ExchangeCodec.decodeReply(Arrays.copyOf(body, body.length + 1)))
                .hasMessage("bytes follow after the end of the record");
    }

    @Test
    void the_broken_rule_is_named_and_nothing_is_quoted() {
        byte[] body = ExchangeCodec.encode(DrawnFrames.requestOfSeed(1));
        int clinic = 16 + 1 + 1;
        body[clinic] = 'Q';

        assertThatThrownBy(() -> ExchangeCodec.decodeRequest(body))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessage("the request breaks a rule: institution code must be 10 digits")
                .hasNoCause();
    }
}
