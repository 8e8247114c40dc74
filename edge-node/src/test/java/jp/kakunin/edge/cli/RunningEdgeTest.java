package jp.kakunin.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import jp.kakunin.edge.RunFile;
import org.junit.jupiter.api.Test;

final class RunningEdgeTest {
    /// It was once told as not running, and whatever it was at work with as not done.
    @Test
    void one_that_does_not_answer_in_time_may_still_be_at_work() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String at = "http://127.0.0.1:" + silent.getLocalPort();
            try (RunningEdge edge = new RunningEdge(new RunFile(7, at, "token"), Duration.ofMillis(100))) {
                assertThatExceptionOfType(CommandException.class)
                        .isThrownBy(() -> edge.get("/api/anything"))
                        .withMessageContaining("may still be at work")
                        .satisfies(told -> assertThat(told.exitCode()).isEqualTo(ExitCode.FAILED));
            }
        }
    }
}
