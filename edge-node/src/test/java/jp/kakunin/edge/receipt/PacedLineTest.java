package jp.kakunin.edge.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

final class PacedLineTest {
    private static final String KIBIBYTE = "x".repeat(1_024);

    private final Deque<Promise<Void>> writes = new ArrayDeque<>();
    private int wentOn;
    private int handedOver;
    private final PacedLine line = new PacedLine(this::take, Runnable::run, () -> wentOn++);

    @Test
    void P8_to_a_client_that_never_reads_no_more_than_the_limit_is_handed_over() {
        for (int i = 0; i < 1_000 && line.hasRoom(); i++) {
            line.write(KIBIBYTE);
        }

        assertThat(line.hasRoom()).isFalse();
        assertThat(handedOver).isEqualTo(PacedLine.UNWRITTEN_BYTES_MAX);
    }

    @Test
    void whoever_was_told_that_there_is_no_room_is_called_when_there_is() {
        while (line.hasRoom()) {
            line.write(KIBIBYTE);
        }

        writes.remove().complete();
        writes.remove().complete();

        assertThat(wentOn).isEqualTo(1);
        assertThat(line.hasRoom()).isTrue();
        writes.remove().complete();
        assertThat(wentOn).isEqualTo(1);
    }

    @Test
    void heartbeats_do_not_pile_up() {
        line.heartbeat();
        line.heartbeat();
        assertThat(writes).hasSize(1);

        writes.remove().complete();
        line.heartbeat();

        assertThat(writes).hasSize(1);
    }

    private Future<Void> take(String text) {
        handedOver += text.length();
        Promise<Void> written = Promise.promise();
        writes.add(written);
        return written.future();
    }
}
