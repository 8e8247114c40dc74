package jp.kakunin.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Fact.AnswerReceived;
import jp.kakunin.domain.Fact.EvidenceFoundUnusable;
import org.junit.jupiter.api.Test;

final class AnswerSealTest {
    private static final AnswerReceived ANSWER = new DrawnFacts(new DrawnValues(new Random(1))).answer();

    private final AnswerSeal seal = new AnswerSeal(new byte[32]);

    @Test
    void the_hub_knows_its_own_answer_again() {
        AnswerReceived sealed = seal.seal(ANSWER);

        var givenBack = (Decoded.Known) FactCodec.decode(FactCodec.encode(sealed));

        assertThat(seal.verifies((AnswerReceived) givenBack.fact())).isTrue();
    }

    @Test
    void a_changed_answer_is_not_its_own() {
        AnswerReceived sealed = seal.seal(ANSWER);

        var forged = new AnswerReceived(
                sealed.envelope(),
                sealed.check(),
                sealed.asOf().plusDays(1),
                sealed.answeredAt(),
                sealed.answer(),
                sealed.number(),
                sealed.seal());

        assertThat(seal.verifies(forged)).isFalse();
    }

    @Test
    void an_answer_without_a_seal_or_of_another_key_is_not_its_own() {
        byte[] otherKey = new byte[32];
        otherKey[31] = 1;

        assertThat(seal.verifies(new AnswerSeal(otherKey).seal(ANSWER))).isFalse();
        assertThat(seal.verifies(ANSWER.withSeal(Digest.ZERO))).isFalse();
    }

    @Test
    void the_hub_knows_again_what_it_found_unusable() {
        EvidenceFoundUnusable sealed = seal.seal(new DrawnFacts(new DrawnValues(new Random(1))).unusable());

        var givenBack = (Decoded.Known) FactCodec.decode(FactCodec.encode(sealed));

        assertThat(seal.verifies((EvidenceFoundUnusable) givenBack.fact())).isTrue();
        assertThat(seal.verifies(sealed.withSeal(Digest.ZERO))).isFalse();
    }

    @Test
    void sealing_twice_changes_nothing() {
        assertThat(seal.seal(seal.seal(ANSWER))).isEqualTo(seal.seal(ANSWER));
    }

    @Test
    void a_seal_holds_although_bytes_keep_time_to_the_millisecond() {
        AnswerReceived exact = new AnswerReceived(
                ANSWER.envelope(),
                ANSWER.check(),
                ANSWER.asOf(),
                ANSWER.answeredAt().plus(Duration.ofNanos(1)),
                ANSWER.answer(),
                ANSWER.number(),
                Digest.ZERO);

        assertThat(seal.seal(exact).seal()).isEqualTo(seal.seal(ANSWER).seal());
    }

    @Test
    void a_short_key_is_refused() {
        assertThatThrownBy(() -> new AnswerSeal(new byte[16])).hasMessageContaining("at least 32 bytes, got 16");
    }
}
