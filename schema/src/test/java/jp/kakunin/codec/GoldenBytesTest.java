package jp.kakunin.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.StreamReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One of each kind, as bytes that were written down: what a version wrote, every later one must read.
final class GoldenBytesTest {
    static List<GoldenSample<?>> samples() {
        return GoldenSample.ALL;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void the_bytes_written_down_still_mean_the_same(GoldenSample<?> sample) {
        GoldenFile golden = sample.file();

        assertThatCode(() -> assertThat(sample.decode(golden.bytes())).isEqualTo(sample.value()))
                .withFailMessage(() -> golden.remedy(sample.encoded()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void the_same_bytes_are_still_written(GoldenSample<?> sample) {
        GoldenFile golden = sample.file();

        assertThat(sample.encoded())
                .withFailMessage(() -> golden.remedy(sample.encoded()))
                .isEqualTo(golden.bytes());
    }

    @Test
    void there_is_a_sample_of_every_kind() {
        assertThat(sampled()).containsAll(kinds(Fact.class, Evidence.class, Evidence.Basis.class, Answer.class));
        assertThat(sampled()).containsAll(kinds(Request.class, Reply.Body.class, StreamReply.class));
    }

    private static Set<String> kinds(Class<?>... sealed) {
        return Stream.of(sealed)
                .flatMap(GoldenBytesTest::leaves)
                .map(Class::getSimpleName)
                .collect(Collectors.toSet());
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(GoldenBytesTest::leaves)
                : Stream.of(type);
    }

    private static Set<String> sampled() {
        return GoldenSample.ALL.stream()
                .flatMap(sample -> GoldenSample.kindsIn(sample.value()))
                .collect(Collectors.toSet());
    }
}
