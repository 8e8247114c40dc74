package jp.kakunin.edge.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class EdgeLoopTest {
    private final CompletableFuture<Throwable> broken = new CompletableFuture<>();
    private final CompletableFuture<String> released = new CompletableFuture<>();

    @Test
    void an_error_of_a_turn_is_told_so_that_the_process_can_end() {
        EdgeLoop loop = new EdgeLoop(
                () -> {
                    throw new LinkageError("a class is missing");
                },
                () -> released.complete("released"));
        loop.onBroken(broken::complete);
        loop.start();

        assertThat(broken)
                .succeedsWithin(10, TimeUnit.SECONDS)
                .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                .isInstanceOf(LinkageError.class);
        assertThat(released).succeedsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    void an_error_of_a_command_fails_the_command_and_ends_the_loop() {
        EdgeLoop loop = new EdgeLoop(() -> {}, () -> released.complete("released"));
        loop.onBroken(broken::complete);
        loop.start();

        CompletableFuture<Object> recording = loop.call(() -> {
            throw new OutOfMemoryError("played");
        });

        assertThat(recording).failsWithin(10, TimeUnit.SECONDS);
        assertThat(broken).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(loop.call(() -> "later")).failsWithin(10, TimeUnit.SECONDS);
    }
}
