package jp.kakunin.load.replay;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class DescriptorsTest {
    @Test
    void more_edges_than_the_system_lets_a_process_open_are_refused_with_the_remedy() {
        assertThatCode(() -> Descriptors.check(18_000, 20_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Descriptors.check(18_001, 20_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--edges 18001")
                .hasMessageContaining("at most 18000 edges")
                .hasMessageContaining("ulimit -Hn");
    }
}
